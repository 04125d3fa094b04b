package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.inbox.polling.BatchConsumer;
import dev.orderflow.eventing.outbox.Publishing;
import dev.orderflow.eventing.retry.Diversions;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A handler whose statement exceeds the database's time limit: always with one event, or with all events while the database is slow. */
class EndlessStatementIT {

    private static ScheduleDatabase database;

    private final String group = "endless-" + UUID.randomUUID();
    private final AtomicLong nanoTime = new AtomicLong();
    private final AtomicInteger endless = new AtomicInteger();
    private final BatchProcessor processor = processor();
    private long offset;
    private final String slow = UUID.randomUUID().toString();

    @BeforeAll
    static void open() {
        database = new ScheduleDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void othersGoOnAndTheEventIsDivertedAfterAMinuteOfFailures() throws InterruptedException {
        var poison = deposit(slow, -1);
        var follower = deposit(slow, 1);
        for (var second = 0; second < 60; second += 20) {
            var other = deposit(UUID.randomUUID().toString(), 7);
            assertThat(processor.consume(List.of(poison, follower, other)).waiting())
                    .extracting(BatchConsumer.Position::offset)
                    .containsExactlyInAnyOrder(poison.offset(), follower.offset());
            assertThat(effects(other.key())).isEqualTo(1);
            nanoTime.addAndGet(Duration.ofSeconds(20).toNanos());
        }

        assertThat(processor.consume(List.of(poison, follower)).waiting()).isEmpty();
        assertThat(states(slow)).containsExactly("RETRYING", "HELD");
        assertThat(effects(slow)).isZero();
    }

    @Test
    void whileNothingSucceedsItIsAnOutageForAllAndCostsTwoTimeouts() throws InterruptedException {
        var events = List.of(deposit("a" + slow, -1), deposit("b" + slow, -1), deposit("c" + slow, -1));
        for (var minute = 0; minute < 5; minute++) {
            endless.set(0);
            assertThat(processor.consume(events).waiting()).hasSize(3);
            assertThat(endless).hasValue(2);
            nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        }
        assertThat(states("a" + slow)).isEmpty();
    }

    private BatchProcessor processor() {
        var json = new EventJson();
        var publishing = Publishing.to(database.template);
        var handlers = TestHandlers.registry(new Handlers(), group);
        var calls = TestHandlers.calls(handlers, database.jdbc, database.transaction, group);
        var topics = new RetryTopics(group, 1);
        var metrics = new InboxMetrics(new SimpleMeterRegistry(), group, TestHandlers.tag(handlers));
        return new BatchProcessor(
                new RecordDecoder(handlers, json, topics.retries(), metrics, calls),
                new BatchTransaction(
                        new Inbox(database.jdbc, group, Duration.ofMinutes(1)),
                        Diversions.withOneRetry(
                                database.jdbc, topics, publishing.forwarder(), new SimulatedApplication.NoBook()),
                        database.transaction,
                        new BatchSavepoints(database.jdbc, PersistenceContext.NONE),
                        calls),
                new ChunkSize(100),
                metrics,
                calls,
                new Suspects(nanoTime::get),
                List.of());
    }

    class Handlers {

        @EventHandler
        void deposit(Deposited event, EventMetadata metadata) {
            database.template.execute("SET LOCAL statement_timeout = 300");
            if (event.amount() < 0) {
                endless.incrementAndGet();
                database.template.execute("SELECT pg_sleep(60)");
            }
            database.jdbc
                    .sql("INSERT INTO effect (event_id, account) VALUES (?, ?)")
                    .params(metadata.id(), metadata.subject())
                    .update();
        }
    }

    private ConsumerRecord<String, byte[]> deposit(String account, int amount) {
        var payload = new EventJson().write(new Deposited(account, amount));
        var metadata = EventMetadata.of(
                Generators.timeBasedEpochGenerator().generate(),
                EventDescriptor.of(Deposited.class).type(),
                "test",
                account,
                Instant.now());
        return new ConsumerRecord<>(
                AccountEvent.TOPIC,
                0,
                offset++,
                0,
                TimestampType.CREATE_TIME,
                account.length(),
                payload.length,
                account,
                payload,
                new RecordHeaders(CloudEventHeaders.of(metadata)),
                Optional.empty());
    }

    private static int effects(String account) {
        return database.jdbc
                .sql("SELECT count(*) FROM effect WHERE account = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    private List<String> states(String key) {
        return database.jdbc
                .sql("SELECT state FROM key_hold WHERE consumer = ? AND key = ? ORDER BY position")
                .params(group, key)
                .query(String.class)
                .list();
    }
}
