package dev.orderflow.hub.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.hub.HubRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store, with the rights of a service that owns no table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventStoreIT {

    private static final String TOPIC = "order-events";

    private final StoreDatabase database = new StoreDatabase();
    private final String key = HubRecord.newKey();

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void aBatchThatComesAgainIsStoredOnce() {
        var fresh = HubRecord.newKey();
        var batch = batch(fresh, 20);

        database.consume(batch);
        database.consume(batch);
        database.consume(batch.subList(5, 20));

        assertThat(events(fresh)).isEqualTo(20);
        assertThat(database.count("sighting WHERE topic = 'batch-" + fresh + "'"))
                .isEqualTo(20);
        assertThat(database.count("sequence_anomaly WHERE key = '" + fresh + "'"))
                .isZero();
    }

    @Test
    void copiesOfAnEventAreSightingsOfIt() {
        var fresh = HubRecord.newKey();
        var event = HubRecord.of(TOPIC, "t.v1", "order-service", fresh);
        var retry = event.copy("pay.retry-1", "retry_topic", TOPIC, "retry_hop", "1");
        var dead = event.copy("pay.dlt", "dead_topic", TOPIC);

        database.consume(List.of(dead.consumed(0, 1)));
        database.consume(List.of(retry.consumed(0, 1), event.consumed(0, 101), event.consumed(0, 102)));

        assertThat(events(fresh)).isEqualTo(1);
        assertThat(database.owner
                        .sql("SELECT topic FROM event WHERE key = :key")
                        .param("key", fresh)
                        .query(String.class)
                        .single())
                .as("where it was published")
                .isEqualTo(TOPIC);
        assertThat(database.owner
                        .sql(
                                "SELECT s.kind FROM sighting s JOIN event e USING (event_id, source_key) WHERE e.key = :key")
                        .param("key", fresh)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("SOURCE", "SOURCE", "RETRY", "DEAD");
    }

    @Test
    void theSameIdOfTwoSourcesIsTwoEvents() {
        var fresh = HubRecord.newKey();
        var one = HubRecord.of(TOPIC, "t.v1", "one", fresh);
        var other = new HubRecord(
                TOPIC,
                EventMetadata.of(one.metadata().id(), "t.v1", "other", fresh, Instant.now()),
                one.data(),
                null,
                List.of());

        database.consume(List.of(one.consumed(1, 1), other.consumed(1, 2)));

        assertThat(events(fresh)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z"})
    void aWrongClockLeadsToTheDefaultPartition(Instant time) {
        var fresh = HubRecord.newKey();

        database.consume(
                List.of(HubRecord.of(TOPIC, "t.v1", "s", fresh).at(time).consumed(2, time.getEpochSecond())));

        assertThat(database.count("event_default WHERE key = '" + fresh + "'")).isEqualTo(1);
    }

    @Test
    void aValidDayGetsItsPartitionWhenItIsNeeded() {
        var fresh = HubRecord.newKey();
        var time = Instant.now().minus(20, ChronoUnit.DAYS);

        database.consume(
                List.of(HubRecord.of(TOPIC, "t.v1", "s", fresh).at(time).consumed(3, 1)));

        var day = LocalDate.ofInstant(time, ZoneOffset.UTC).toString().replace("-", "");
        assertThat(database.count("event_" + day + " WHERE key = '" + fresh + "'"))
                .isEqualTo(1);
        assertThat(database.count("sighting_" + day)).isPositive();
    }

    @Test
    void rowsOfTheDefaultPartitionMoveToThatOfTheirDay() {
        var fresh = HubRecord.newKey();
        var tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);
        var later = new EventDays(database.jdbc, database.transactions, database.retention);
        var event = HubRecord.of(TOPIC, "t.v1", "s", fresh).at(tomorrow).consumed(4, 1);
        var day = LocalDate.ofInstant(tomorrow, ZoneOffset.UTC);
        // As if the day's partition could not be created when the event came.
        database.owner
                .sql("SELECT drop_day(:day)")
                .param("day", day)
                .query(Long.class)
                .single();
        database.days.prepare(List.of(day));
        database.owner
                .sql("SELECT drop_day(:day)")
                .param("day", day)
                .query(Long.class)
                .single();
        database.consume(List.of(event));
        assertThat(database.count("event_default WHERE key = '" + fresh + "'")).isEqualTo(1);

        later.prepareAhead();

        assertThat(database.count("event_default WHERE key = '" + fresh + "'")).isZero();
        assertThat(events(fresh)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\\ud800\"}",
                "1e999999",
                "1 2",
                "",
                "{",
                "{\"a\":1,\"a\":2}",
                "\"text\"",
                "null"
            })
    void whateverThePayloadTheEventIsStored(String payload) {
        var fresh = HubRecord.newKey();
        var good = HubRecord.of(TOPIC, "t.v1", "s", fresh);
        var offset = System.nanoTime();

        database.consume(List.of(
                good.consumed(5, offset),
                HubRecord.of(TOPIC, "t.v1", "s", fresh)
                        .sequence(2)
                        .data(payload)
                        .consumed(5, offset + 1)));

        assertThat(events(fresh)).isEqualTo(2);
        assertThat(database.owner
                        .sql(
                                "SELECT coalesce(raw, convert_to(data::text, 'UTF8')) IS NOT NULL FROM event WHERE key = :key")
                        .param("key", fresh)
                        .query(Boolean.class)
                        .list())
                .containsOnly(true);
    }

    @Test
    void anyAttributeIsStored() {
        var wild = "\0\t\\N\n\u20ac".repeat(150) + HubRecord.newKey();

        database.consume(List.of(
                HubRecord.of(TOPIC, wild, wild, wild).within(wild, wild, null).consumed(6, 1)));

        assertThat(database.count("event WHERE key LIKE '%N%' AND source LIKE '%N%'"))
                .isEqualTo(1);
    }

    @Test
    void recordsThatAreNoEventsAreCountedAndTheOthersStored() {
        var fresh = HubRecord.newKey();
        var batch =
                new ArrayList<>(List.of(HubRecord.of(TOPIC, "t.v1", "s", fresh).consumed(7, 1)));
        batch.add(new ConsumerRecord<>(TOPIC, 7, 2, "k", "no event".getBytes(UTF_8)));
        batch.add(new ConsumerRecord<>(TOPIC, 7, 3, null, null));
        batch.add(HubRecord.of(TOPIC, "t.v1", "s", fresh)
                .sequence(2)
                .data(new byte[1 << 20])
                .consumed(7, 4));

        database.consume(batch);

        assertThat(events(fresh)).isEqualTo(2);
        assertThat(database.meters
                        .counter("hub.records.skipped", "reason", "no_event")
                        .count())
                .isEqualTo(2);
        assertThat(database.count(
                        "event WHERE key = '" + fresh + "' AND size = 1048576 AND data IS NULL AND raw IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void anEventThatTheDatabaseRefusesDoesNotKeepOutTheOthers() {
        database.owner
                .sql("ALTER TABLE event ADD CONSTRAINT refused CHECK (type <> 'refused.v1')")
                .update();
        var fresh = HubRecord.newKey();
        var batch = batch(fresh, 9);
        batch.add(4, HubRecord.of(TOPIC, "refused.v1", "s", fresh).consumed(8, 1));

        database.consume(batch);

        assertThat(events(fresh)).isEqualTo(9);
        assertThat(database.meters
                        .counter("hub.records.skipped", "reason", "unstorable")
                        .count())
                .isEqualTo(1);
        database.owner.sql("ALTER TABLE event DROP CONSTRAINT refused").update();
    }

    @Test
    void nothingIsAcknowledgedUnlessItIsStored() {
        var batch = batch(key, 3);
        database.owner.sql("REVOKE INSERT ON sighting FROM " + system()).update();
        try {
            assertThatException()
                    .isThrownBy(() -> database.listener()
                            .onMessage(
                                    batch,
                                    () -> {
                                        throw new AssertionError("acknowledged");
                                    },
                                    null));
        } finally {
            database.owner.sql("GRANT INSERT ON sighting TO " + system()).update();
        }
        assertThat(events(key)).isZero();

        database.consume(batch);

        assertThat(events(key)).isEqualTo(3);
    }

    @Test
    void positionsAreInTheOrderOfABatch() {
        var fresh = HubRecord.newKey();

        database.consume(batch(fresh, 50));

        assertThat(database.owner
                        .sql("SELECT sequence FROM event WHERE key = :key ORDER BY position")
                        .param("key", fresh)
                        .query(Long.class)
                        .list())
                .isSorted();
    }

    private String system() {
        return database.pool.getUsername() + "_system";
    }

    private long events(String ofKey) {
        return database.count("event WHERE key = '" + ofKey + "'");
    }

    /** Returns the first events of a key, on a topic of its own. */
    private static ArrayList<ConsumerRecord<String, byte[]>> batch(String ofKey, int size) {
        var events = IntStream.rangeClosed(1, size)
                .mapToObj(sequence -> HubRecord.of("batch-" + ofKey, "t.v1", "s", ofKey)
                        .sequence(sequence)
                        .consumed(0, sequence))
                .toList();
        return new ArrayList<>(events);
    }
}
