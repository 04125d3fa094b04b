package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.Buckets;
import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(TestInfrastructure.LOCK)
class OutboxRelayIT {

    private final OutboxDatabase database = new OutboxDatabase();
    private final Relays relays = new Relays(database);
    private final String key = UUID.randomUUID().toString();

    @AfterEach
    void stop() {
        relays.close();
        database.close();
    }

    @Test
    void eventsAreSentWithoutBeingWokenAndMoreOfThemThanFitOnAPage() {
        relays.start();
        database.commit(IntStream.range(0, 250)
                .mapToObj(number -> row(key, "" + number))
                .toArray(Row[]::new));

        await().untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(250));
        assertInOrder(key, 250);
    }

    @Test
    void severalInstancesShareTheBucketsAndAStoppedOneHandsOverAtOnce() {
        var one = relays.start();
        var other = relays.start();
        await().untilAsserted(() -> {
            assertThat(relays.bucketsOf(one)).hasSize(Buckets.COUNT / 2);
            assertThat(relays.bucketsOf(other)).hasSize(Buckets.COUNT / 2);
        });

        relays.get(one).stop();
        await().untilAsserted(() -> assertThat(relays.bucketsOf(other)).hasSize(Buckets.COUNT));
    }

    @Test
    void theShareOfAnInstanceThatDiedIsTakenOverInSeconds() {
        var dead = new BucketLeases(database.jdbc, UUID.randomUUID(), Duration.ofSeconds(1));
        dead.renew();
        database.commit(row(key, "waits for a living relay"));

        relays.start();
        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(1));
    }

    @Test
    void keysKeepTheirOrderWhileInstancesComeAndGo() {
        var keys = IntStream.range(0, 20).mapToObj(number -> key + number).toList();
        relays.start();
        for (var round = 0; round < 30; round++) {
            var number = round;
            keys.forEach(each -> database.commit(row(each, "" + number)));
            if (round % 10 == 4) {
                relays.start();
            }
            if (round % 10 == 9) {
                relays.all().stream()
                        .filter(OutboxRelay::isRunning)
                        .findFirst()
                        .orElseThrow()
                        .stop();
            }
        }

        relays.start();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var sent = Relays.firstSentByKey();
            assertThat(keys).allSatisfy(each -> assertThat(sent.get(each)).hasSize(30));
        });
        keys.forEach(each -> assertInOrder(each, 30));
    }

    @Test
    void dyingBetweenSendingAndStoringTheCursorSendsAgainInOrderAndLosesNothing() {
        database.jdbc.sql("CREATE TABLE before AS SELECT * FROM outbox_bucket").update();
        var first = relays.start();
        IntStream.range(0, 5).forEach(number -> database.commit(row(key, "" + number)));
        await().untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(5));
        relays.get(first).stop();

        database.jdbc.sql("""
                        UPDATE outbox_bucket SET cursor = before.cursor, next_txid = before.next_txid, last_id = before.last_id
                        FROM before WHERE before.bucket = outbox_bucket.bucket
                        """).update();
        database.commit(row(key, "5"));
        relays.start();

        await().untilAsserted(() -> assertThat(Relays.sent(key)).hasSize(11));
        assertThat(Relays.sent(key)).containsExactly(1L, 2L, 3L, 4L, 5L, 1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aTransactionThatIsHeldOpenDelaysNobodyElse() throws Exception {
        relays.start();
        try (var connection = database.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("SELECT pg_current_xact_id()");
            for (var number = 1; number <= 3; number++) {
                database.commit(row(key, "" + number));
                var expected = number;
                await().untilAsserted(() -> assertThat(Relays.sent(key)).hasSize(expected));
            }
            connection.rollback();
        }
        assertInOrder(key, 3);
    }

    @Test
    void whileTheBrokerIsAwayEventsWaitAndThenLeaveInOrder() {
        relays.start();
        database.commit(row(key, "before"));
        await().untilAsserted(() -> assertThat(Relays.sent(key)).hasSize(1));

        TestInfrastructure.get().killKafka();
        IntStream.range(0, 20).forEach(number -> database.commit(row(key, "" + number)));
        TestInfrastructure.get().startKafka();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(21));
        assertInOrder(key, 21);
    }

    /** The broker may be unavailable for this instance only. */
    @Test
    void theShareOfAnInstanceThatWaitsForTheBrokerIsTakenOver() throws Exception {
        var waits = new CountDownLatch(1);
        relays.start(Relays.OFTEN, () -> new WaitingProducer(waits));
        database.commit(row(key, "1"));
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();

        var other = relays.start();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> relays.bucketsOf(other).size() == Buckets.COUNT);
        await().untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(1));
    }

    @Test
    void afterTheDatabaseWasKilledTheRelayGoesOnFromItsStoredCursor() {
        relays.start();
        database.commit(row(key, "before"));
        await().untilAsserted(() -> assertThat(Relays.sent(key)).hasSize(1));

        TestInfrastructure.get().killPostgres();
        TestInfrastructure.get().startPostgres();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            database.commit(row(key, "after"));
            return true;
        });

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(2));
        assertInOrder(key, 2);
    }

    /** Every commit wakes the relay, so with a fast broker it would otherwise make one pass per commit. */
    @Test
    void commitsThatFollowEachOtherFastShareAPass() {
        var passes = passesOfFastCommits(Duration.ZERO);

        assertThat(passes.count()).isLessThanOrEqualTo((int) (passes.time().toMillis() / 5) + 2);
    }

    /** A longer pass indicates a higher load of processors, database or broker. */
    @Test
    void aPassThatTakesLongIsFollowedByALongerRest() {
        var passes = passesOfFastCommits(Duration.ofMillis(5));

        assertThat(passes.count()).isLessThanOrEqualTo((int) (passes.time().toMillis() / 9) + 3);
    }

    private record Passes(int count, Duration time) {}

    private Passes passesOfFastCommits(Duration work) {
        var passes = new ConcurrentLinkedQueue<Long>();
        var broker = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        var relay = relays.start(
                Relays.RARELY,
                () -> broker,
                (reader, leases) ->
                        new ParkedEvents(database.jdbc, database.transaction, reader, leases, Relays.RARELY.lease()) {
                            @Override
                            List<OutboxRow> released(Collection<Integer> buckets) {
                                passes.add(System.nanoTime());
                                LockSupport.parkNanos(work.toNanos());
                                return super.released(buckets);
                            }
                        });
        for (var number = 1; number <= 300; number++) {
            database.commit(row(key, "" + number));
            relays.get(relay).wake(1 << Buckets.of(OutboxDatabase.TOPIC, key));
            if (number == 1) {
                await().until(() -> broker.history().size() == 1); // Now the topic exists.
                passes.clear();
            }
        }
        await().until(() -> broker.history().size() == 300);
        return new Passes(passes.size(), Duration.ofNanos(Collections.max(passes) - Collections.min(passes)));
    }

    private static void assertInOrder(String key, int count) {
        assertThat(Relays.firstSent(key))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
    }

    /** A producer that accepts all records, none of which is acknowledged. */
    private static final class WaitingProducer extends MockProducer<byte[], byte[]> {

        private final CountDownLatch waits;

        private WaitingProducer(CountDownLatch waits) {
            super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.waits = waits;
        }

        @Override
        public void flush() {
            waits.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }
}
