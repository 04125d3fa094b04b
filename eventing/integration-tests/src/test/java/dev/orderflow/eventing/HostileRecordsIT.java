package dev.orderflow.eventing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Thousands of invalid records: each is handled, skipped or made a dead letter, and all valid events between them take effect in
 * order. {@code -Dhostile.records=20000} sets the number of each kind, {@code -Dseed=N} the seed.
 */
@Import(HostileRecordsIT.Meters.class)
class HostileRecordsIT extends SampleIT {

    private static final Logger LOG = LoggerFactory.getLogger(HostileRecordsIT.class);
    private static final int RECORDS = Integer.getInteger("hostile.records", 400);
    private static final long SEED = Long.getLong("seed", 42);
    private static final Duration LONGEST = Duration.ofSeconds(60).plusMillis(RECORDS * 20L);
    private static final int WITNESSES = 20;

    @TestConfiguration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    @Autowired
    private DeadLetterBook deadLetters;

    @Autowired
    private MeterRegistry meters;

    private final HostileRecords hostile = new HostileRecords(SEED);
    private final List<String> witnesses = IntStream.range(0, WITNESSES)
            .mapToObj(number -> UUID.randomUUID().toString())
            .toList();
    private final int events = Math.max(5, RECORDS / 200);

    @Test
    void onASourceTopicNoneStopsTheOthers() {
        send(() -> hostile.next(AccountEvent.TOPIC));

        allWitnessesTookEffectInOrder();
        ConsumerLag.awaitNone("sample", Set.of(AccountEvent.TOPIC), LONGEST);
        nothingIsUnderWay();
        report("source");
    }

    /** Some of the valid events fail at first, so that they pass through the same topics. */
    @Test
    void onARetryTopicNoneStopsTheOthers() {
        witnesses.stream().limit(WITNESSES / 2).forEach(witness -> faults.fail(witness, 2));
        var level = new int[1];
        send(() -> hostile.nextRetry("sample.retry-" + (1 + level[0]++ % 3)));

        allWitnessesTookEffectInOrder();
        ConsumerLag.awaitNone("sample.retry", Set.of("sample.retry-1", "sample.retry-2", "sample.retry-3"), LONGEST);
        nothingIsUnderWay();
        report("retry");
    }

    /** No consumer reads the dead-letter topic; replays come from the database, whatever they contain. */
    @Test
    void asReplayedDeadLettersNoneStopsTheOthers() {
        var replay = UUID.randomUUID();
        bury();
        jdbc.sql("""
                INSERT INTO dead_letter_replay (id, consumer, requested_by, selection, total)
                VALUES (?, 'sample', 'test', '{}', ?)
                """).params(replay, RECORDS).update();
        jdbc.sql("UPDATE dead_letter SET state = 'QUEUED', replay_id = ? WHERE exception = ? AND state = 'DEAD'")
                .params(replay, HostileContent.class.getName())
                .update();
        send(() -> hostile.next("sample.dlt"));

        allWitnessesTookEffectInOrder();
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(jdbc.sql(
                                        "SELECT count(*) FROM dead_letter WHERE replay_id = ? AND state IN ('QUEUED', 'REPLAYING')")
                                .param(replay)
                                .query(Integer.class)
                                .single())
                        .isZero());
        nothingIsUnderWay();
        report("dead letter");
    }

    static class HostileContent extends RuntimeException {}

    private void bury() {
        var next = new ArrayList<DeadEvent>();
        for (var number = 0; number < RECORDS; number++) {
            var message = hostile.next(AccountEvent.TOPIC);
            var type = CloudEventHeaders.typeOf(message.headers());
            var source = new SourceRecord(
                    hostile.newId(),
                    message.topic(),
                    message.partition(),
                    number,
                    message.key() == null ? null : new String(message.key(), UTF_8),
                    type == null ? SourceRecord.UNREADABLE : type,
                    new RecordHeaders(message.headers()),
                    message.value());
            next.add(new DeadEvent(source, null, false, new HostileContent(), List.of()));
            if (next.size() == 20 || number == RECORDS - 1) {
                inTransaction(() -> deadLetters.died(next));
                next.clear();
            }
        }
    }

    /** Sends hostile records, with the witnesses' events spread among them. */
    private void send(Supplier<ProducerRecord<byte[], byte[]>> next) {
        var properties = TestInfrastructure.get().producerSettings();
        properties.putAll(Map.of(
                "linger.ms", 20, "compression.type", "lz4", "batch.size", 100_000, "max.request.size", 20_000_000));
        var perEvent = Math.max(1, RECORDS / events);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var number = 0; number < events; number++) {
                for (var each = 0; each < perEvent; each++) {
                    producer.send(next.get());
                }
                for (var witness : witnesses) {
                    producer.send(valid(witness, number));
                }
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> valid(String account, int amount) {
        var event = foreign(new Deposited(account, amount));
        return new ProducerRecord<>(
                event.topic(),
                Math.floorMod(account.hashCode(), 6),
                account.getBytes(UTF_8),
                new EventJson().write(new Deposited(account, amount)),
                event.headers());
    }

    private void allWitnessesTookEffectInOrder() {
        var expected = IntStream.range(0, events)
                .mapToObj(number -> "deposited " + number)
                .toList();
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(witnesses)
                        .allSatisfy(witness -> assertThat(effects.of(witness)).isEqualTo(expected)));
    }

    /** Asserts that only dead letters are unresolved. They wait for an operator. */
    private void nothingIsUnderWay() {
        await().atMost(LONGEST)
                .untilAsserted(
                        () -> assertThat(jdbc.sql("SELECT count(*) FROM key_hold WHERE state IN ('RETRYING', 'HELD')")
                                        .query(Integer.class)
                                        .single())
                                .isZero());
        assertThat(count("outbox_parked")).isZero();
        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().getTag("type"))
                .allSatisfy(type -> assertThat(type)
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                other -> assertThat(other).isEqualTo(EventTypeTag.OTHER),
                                ours -> assertThat(ours)
                                        .startsWith("sample.account.")
                                        .endsWith(".v1")));
        assertThat(jdbc.sql("SELECT count(*) FROM key_hold WHERE key = ANY (?)")
                        .param(witnesses.toArray(String[]::new))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private int count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
    }

    private void report(String kind) {
        LOG.info(
                "hostile kind=\"{}\" seed={} records={} valid={} effects={} deadLetters={} reduced={} causes={}",
                kind,
                SEED,
                RECORDS,
                WITNESSES * events,
                effects.count(),
                count("dead_letter"),
                jdbc.sql("SELECT count(*) FROM dead_letter WHERE headers LIKE '%\"reduced\"%'")
                        .query(Integer.class)
                        .single(),
                causes(jdbc));
    }

    private static String causes(JdbcClient jdbc) {
        return jdbc.sql("""
                        SELECT left(cause_group, 60) AS cause, count(*) AS letters FROM dead_letter
                        GROUP BY 1 ORDER BY 2 DESC LIMIT 12
                        """).query().listOfRows().toString();
    }
}
