package dev.orderflow.eventing.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.inbox.polling.BatchConsumer;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.retry.Diversions;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A record that can be neither handled nor diverted, for an unforeseen reason. */
class LastResortIT {

    private static final String UNSENDABLE = "unsendable";

    private static ScheduleDatabase database;

    private final List<String> handled = new ArrayList<>();
    private final List<DeadEvent> dead = new ArrayList<>();
    private int offset;

    @BeforeAll
    static void open() {
        database = new ScheduleDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aRecordThatCannotBeSentOnBecomesAReducedDeadLetterAndTheOthersGoOn() throws InterruptedException {
        var outcome = process(
                headers -> headers.lastHeader(UNSENDABLE) != null,
                List.of(
                        deposit("a", "{\"account\":\"a\",\"amount\":1}"),
                        deposit("b", "no json"),
                        deposit("b", "{\"account\":\"b\",\"amount\":2}"),
                        deposit("c", "{\"account\":\"c\",\"amount\":3}")));

        assertThat(outcome.waiting()).isEmpty();
        assertThat(handled).containsOnly("a", "c");
        assertThat(dead).singleElement().satisfies(event -> {
            assertThat(event.cause()).isInstanceOf(BatchTransaction.UnstorableRecordException.class);
            assertThat(event.source().headers().lastHeader(UNSENDABLE)).isNull();
            assertThat(event.source().headers().lastHeader(SourceRecord.REDUCED))
                    .isNotNull();
            assertThat(event.source().payload()).isEqualTo("no json".getBytes(UTF_8));
        });
    }

    /** The event's effect is rolled back with the transaction that could not be committed. */
    @Test
    void anEventWhoseFailureCannotBeSentOnBecomesAReducedDeadLetterToo() throws InterruptedException {
        var outcome = process(
                headers -> headers.lastHeader(UNSENDABLE) != null,
                List.of(
                        deposit("a", "{\"account\":\"a\",\"amount\":-1}"),
                        deposit("c", "{\"account\":\"c\",\"amount\":3}")));

        assertThat(outcome.waiting()).isEmpty();
        assertThat(handled).containsOnly("c");
        assertThat(dead)
                .singleElement()
                .satisfies(event -> assertThat(event.handler()).isEqualTo("Handlers.deposit"));
    }

    @Test
    void whenNothingCanBeSentNoRecordIsToBlameAndAllWait() throws InterruptedException {
        var outcome = process(
                headers -> true, List.of(deposit("b", "no json"), deposit("c", "{\"account\":\"c\",\"amount\":3}")));

        assertThat(outcome.waiting()).hasSize(2);
        assertThat(outcome.cause()).hasMessage("it cannot be sent");
    }

    private BatchConsumer.Outcome process(Predicate<Headers> unsendable, List<ConsumerRecord<String, byte[]>> records)
            throws InterruptedException {
        return processor("last-" + UUID.randomUUID(), unsendable).consume(records);
    }

    private BatchProcessor processor(String group, Predicate<Headers> unsendable) {
        var handlers = TestHandlers.registry(new Handlers(), group);
        var calls = TestHandlers.calls(handlers, database.jdbc, database.transaction, group);
        var topics = new RetryTopics(group, 1);
        var metrics = new InboxMetrics(new SimpleMeterRegistry(), group, TestHandlers.tag(handlers));
        var diversion = Diversions.withOneRetry(
                database.jdbc,
                topics,
                (topic, key, type, headers, payload) -> {
                    if (unsendable.test(headers)) {
                        throw new IllegalStateException("it cannot be sent");
                    }
                },
                new Book());
        return new BatchProcessor(
                new RecordDecoder(handlers, new EventJson(), topics.retries(), metrics, calls),
                new BatchTransaction(
                        new Inbox(database.jdbc, group, Duration.ofMinutes(1)),
                        diversion,
                        database.transaction,
                        new BatchSavepoints(database.jdbc, PersistenceContext.NONE),
                        calls),
                new ChunkSize(100),
                metrics,
                calls);
    }

    private ConsumerRecord<String, byte[]> deposit(String account, String json) {
        var metadata = EventMetadata.of(
                Generators.timeBasedEpochGenerator().generate(),
                EventDescriptor.of(Deposited.class).type(),
                "test",
                account,
                Instant.now());
        var headers = new RecordHeaders(CloudEventHeaders.of(metadata)).add(UNSENDABLE, new byte[1]);
        var payload = json.getBytes(UTF_8);
        return new ConsumerRecord<>(
                AccountEvent.TOPIC,
                0,
                offset++,
                0,
                TimestampType.CREATE_TIME,
                1,
                payload.length,
                account,
                payload,
                headers,
                Optional.empty());
    }

    class Handlers {

        @EventHandler
        void deposit(Deposited event) {
            if (event.amount() < 0) {
                throw new IllegalArgumentException("nothing to deposit");
            }
            handled.add(event.account());
        }
    }

    /** Dead letters in memory. A transaction that was rolled back writes its entries again, so the last entry of an event counts. */
    private final class Book implements DeadLetterBook {

        @Override
        public void died(Collection<DeadEvent> events) {
            for (var event : events) {
                dead.removeIf(known -> known.source().id().equals(event.source().id()));
                dead.add(event);
            }
        }

        @Override
        public void tookEffect(Collection<UUID> eventIds) {
            // No test asks for this.
        }
    }
}
