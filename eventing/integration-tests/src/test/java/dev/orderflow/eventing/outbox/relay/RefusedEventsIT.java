package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Events that a real broker refuses, each between events that it accepts. */
class RefusedEventsIT extends RefusalFixture {

    @Test
    void anIllegalTopicParksItsEventsAndNothingIsSentTwice() {
        commitBetweenOthers("no topic!");
        relays.start();

        awaitOthers();
        assertThat(Relays.sent(key)).hasSize(MANY);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states()).containsExactly("PARKED", "PARKED"));
        assertThat(causes()).allSatisfy(cause -> assertThat(cause).contains("no topic!"));
    }

    @Test
    void anEventThatIsTooLargeForItsTopicIsParkedAlone() throws Exception {
        create(topic, Map.of("max.message.bytes", "2000"));
        database.commit(
                row(topic, "small", "1"),
                row(topic, "large", incompressible(5_000)),
                row(topic, "large", "waits"),
                row(topic, "other", "2"));
        relays.start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(keysOn(topic)).containsExactlyInAnyOrder("small", "other"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states()).containsExactly("PARKED", "PARKED"));
        assertThat(causes()).hasSize(1);
    }

    /** The broker reports the invalid records of a batch. It refuses all others with them, and the first of these fails first. */
    @Test
    void ofABatchOnlyTheGuiltyEventsAreParked() throws Exception {
        create(topic, Map.of("cleanup.policy", "compact"));
        database.commit(IntStream.range(0, 40)
                .mapToObj(number -> row(topic, "key-" + number, "" + number))
                .toArray(Row[]::new));
        var guilty = Set.of("key-7", "key-8", "key-30");
        relays.start(
                Relays.OFTEN,
                () -> producer(record -> guilty.contains(new String(record.key()))
                        ? new ProducerRecord<>(
                                record.topic(), 0, record.timestamp(), null, record.value(), record.headers())
                        : new ProducerRecord<>(
                                record.topic(),
                                0,
                                record.timestamp(),
                                record.key(),
                                record.value(),
                                record.headers())));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(keysOn(topic)).hasSize(37).doesNotContainAnyElementsOf(guilty));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parkedKeys()).containsExactly("key-7", "key-8", "key-30"));
        assertThat(keysOn(topic)).doesNotHaveDuplicates();
    }

    @Test
    void aBatchThatIsTooLargeAsAWholeIsSentEventByEvent() throws Exception {
        create(topic, Map.of("segment.bytes", "1048576", "max.message.bytes", "3000000"));
        database.commit(IntStream.range(0, 30)
                .mapToObj(number -> row(topic, "key-" + number, incompressible(60_000)))
                .toArray(Row[]::new));
        relays.start(
                Relays.OFTEN,
                () -> Relays.producer(Map.of(
                        ProducerConfig.BATCH_SIZE_CONFIG, 3_000_000,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4_000_000,
                        ProducerConfig.LINGER_MS_CONFIG, 200)));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(keysOn(topic)).hasSize(30));
        assertThat(states()).isEmpty();
    }

    @Test
    void aWrongClockParksNothingAndEventsFollowWhenItIsRight() {
        var skew = new AtomicLong(Duration.ofHours(3).toMillis());
        database.commit(row(key, "1"), row(key, "2"));
        relays.start(
                Relays.OFTEN,
                () -> producer(record -> new ProducerRecord<>(
                        record.topic(),
                        null,
                        record.timestamp() + skew.get(),
                        record.key(),
                        record.value(),
                        record.headers())));
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states()).isEmpty());
        assertThat(Relays.firstSent(key)).isEmpty();

        skew.set(0);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).containsExactly(1L, 2L));
        assertThat(states()).isEmpty();
    }

    @Test
    void recordsHaveTheDatabasesTime() {
        database.commit(row(key, "1"));
        relays.start(
                Relays.OFTEN,
                () -> producer(record -> {
                    assertThat(record.timestamp()).isBetween(databaseMillis() - 5_000, databaseMillis() + 5_000);
                    return record;
                }));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).containsExactly(1L));
    }

    private List<String> causes() {
        return database.jdbc
                .sql("SELECT cause FROM outbox_parked WHERE cause IS NOT NULL ORDER BY id")
                .query(String.class)
                .list();
    }

    private List<String> parkedKeys() {
        return database.jdbc
                .sql("SELECT key FROM outbox_parked ORDER BY id")
                .query(String.class)
                .list();
    }

    private long databaseMillis() {
        return database.jdbc
                .sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .query(Long.class)
                .single();
    }

    private static String incompressible(int length) {
        return new Random(length)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, (text, letter) -> text.append((char) letter), StringBuilder::append)
                .toString();
    }
}
