package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.OutboxDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event that the broker refuses for good, between others. */
class ParkedEventsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOO_LARGE = "x".repeat(30_000);

    private final OutboxDatabase database = new OutboxDatabase();
    private final AtomicInteger largestRecord = new AtomicInteger(20_000);
    private final String key = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();
    private final Relays relays = new Relays(database);
    private OutboxRelay relay;

    @BeforeEach
    void start() {
        relay = start(relays::parked);
    }

    @AfterEach
    void stop() {
        relays.close();
        database.close();
    }

    @Test
    void anEventThatCannotBeSentIsParkedWithItsSuccessorsAndOtherKeysGoOn() {
        database.commit(row(key, "1"), row(key, TOO_LARGE), row(other, "1"), row(key, "3"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(other)).containsExactly(1L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(2L, 3L));

        database.commit(row(key, "4"), row(other, "2"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(other)).containsExactly(1L, 2L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(2L, 3L, 4L));
        assertThat(Relays.firstSent(key)).containsExactly(1L);
        assertThat(causes()).containsExactly("2");
    }

    @Test
    void releasedEventsAreSentInOrderBeforeLaterOnes() {
        database.commit(row(key, TOO_LARGE), row(key, "2"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(1L, 2L));

        largestRecord.set(1_000_000);
        restart();
        database.commit(row(key, "3"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(1L, 2L, 3L));
        assertThat(Relays.firstSent(key)).isEmpty();

        // One is enough: the others of its key follow.
        set("RELEASED", 1);
        database.commit(row(key, "4"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).containsExactly(1L, 2L, 3L, 4L));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count()).isZero());
    }

    @Test
    void aReleasedEventThatStillCannotBeSentIsParkedAgain() {
        database.commit(row(key, TOO_LARGE), row(key, "2"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(1L, 2L));

        set("RELEASED", 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(1L, 2L));
        database.commit(row(other, "1"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(other)).containsExactly(1L));
        assertThat(Relays.firstSent(key)).isEmpty();
    }

    @Test
    void whatWaitsBehindADiscardedEventFollows() {
        database.commit(row(key, TOO_LARGE), row(key, "2"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(1L, 2L));

        set("DISCARDED", 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).containsExactly(2L));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count()).isZero());
    }

    @Test
    void aRelayThatTakesOverKnowsWhatIsParked() {
        database.commit(row(key, TOO_LARGE));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(1L));

        restart();
        database.commit(row(key, "2"), row(other, "1"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(other)).containsExactly(1L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(1L, 2L));
        assertThat(Relays.firstSent(key)).isEmpty();
    }

    @Test
    void dyingAfterParkingAnEventLosesNothingAndLetsNothingOvertake() throws Exception {
        var died = new CountDownLatch(1);
        restart((reader, leases) ->
                new ParkedEvents(database.jdbc, database.transaction, reader, leases, Relays.OFTEN.lease()) {
                    @Override
                    void park(OutboxRow row, String cause) {
                        super.park(row, cause);
                        die(died);
                    }
                });
        database.commit(row(key, "1"), row(key, TOO_LARGE), row(other, "1"), row(key, "3"));
        assertThat(died.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        restart();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(2L, 3L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(other)).containsExactly(1L));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).containsExactly(1L));
        assertThat(causes()).containsExactly("2");
    }

    @Test
    void dyingBetweenSendingWhatWasReleasedAndForgettingItSendsItAgainInOrder() throws Exception {
        database.commit(row(key, TOO_LARGE), row(key, "2"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parked("PARKED")).containsExactly(1L, 2L));

        var died = new CountDownLatch(1);
        relay.stop();
        largestRecord.set(1_000_000);
        set("RELEASED", 1);
        set("RELEASED", 2);
        restart((reader, leases) ->
                new ParkedEvents(database.jdbc, database.transaction, reader, leases, Relays.OFTEN.lease()) {
                    @Override
                    void gone(List<OutboxRow> sent, Collection<Integer> buckets) {
                        die(died);
                    }
                });
        assertThat(died.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        database.commit(row(key, "3"));
        restart();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).containsExactly(1L, 2L, 3L));
        assertThat(Relays.sent(key)).containsExactly(1L, 2L, 1L, 2L, 3L);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count()).isZero());
    }

    /** Ends the relay's thread here. */
    private static void die(CountDownLatch died) {
        died.countDown();
        throw new Error("killed by the test");
    }

    private void restart() {
        restart(relays::parked);
    }

    private void restart(BiFunction<OutboxReader, BucketLeases, ParkedEvents> parked) {
        relay.stop();
        relay = start(parked);
    }

    /** Starts a relay whose producer refuses records that are too large, with the exception that a refusal by the broker causes. */
    private OutboxRelay start(BiFunction<OutboxReader, BucketLeases, ParkedEvents> parked) {
        var started = relays.start(
                Relays.OFTEN,
                () -> Relays.producer(Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largestRecord.get())),
                parked);
        return relays.get(started);
    }

    private void set(String state, long sequence) {
        database.jdbc
                .sql("UPDATE outbox_parked SET state = ? WHERE sequence = ?")
                .params(state, sequence)
                .update();
    }

    private List<Long> parked(String state) {
        return database.jdbc
                .sql("SELECT sequence FROM outbox_parked WHERE state = ? AND key = ? ORDER BY id")
                .params(state, key)
                .query(Long.class)
                .list();
    }

    /** The sequence numbers of the parked events with a cause. */
    private List<String> causes() {
        return database.jdbc
                .sql("SELECT sequence::text FROM outbox_parked WHERE cause IS NOT NULL ORDER BY id")
                .query(String.class)
                .list();
    }

    private int count() {
        return database.jdbc
                .sql("SELECT count(*) FROM outbox_parked")
                .query(Integer.class)
                .single();
    }
}
