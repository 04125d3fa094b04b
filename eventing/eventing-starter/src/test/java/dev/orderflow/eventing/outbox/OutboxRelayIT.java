package dev.orderflow.eventing.outbox;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.TopicCreator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxRelayIT {

    private static final RelaySettings OFTEN = new RelaySettings(
            100,
            Duration.ofSeconds(2),
            Duration.ofMillis(5),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));
    private static final RelaySettings RARELY = new RelaySettings(
            100,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));

    private final OutboxDatabase database = new OutboxDatabase();
    private final Map<UUID, OutboxRelay> relays = new HashMap<>();
    private final String key = UUID.randomUUID().toString();

    @AfterEach
    void stop() {
        relays.values().forEach(OutboxRelay::stop);
        database.close();
    }

    @Test
    void eventsAreSentWithoutBeingWokenAndMoreOfThemThanFitOnAPage() {
        startRelay();
        database.commit(IntStream.range(0, 250)
                .mapToObj(number -> row(key, "" + number))
                .toArray(NewOutboxRow[]::new));

        await().untilAsserted(() -> assertThat(firstOccurrences(key)).hasSize(250));
        assertInOrder(key, 250);
    }

    @Test
    void severalInstancesShareTheBucketsAndAStoppedOneHandsOverAtOnce() {
        var one = startRelay();
        var other = startRelay();
        await().untilAsserted(() -> {
            assertThat(bucketsOf(one)).isEqualTo(Buckets.COUNT / 2);
            assertThat(bucketsOf(other)).isEqualTo(Buckets.COUNT / 2);
        });

        relays.get(one).stop();
        await().untilAsserted(() -> assertThat(bucketsOf(other)).isEqualTo(Buckets.COUNT));
    }

    @Test
    void theShareOfAnInstanceThatDiedIsTakenOverInSeconds() {
        var dead = new BucketLeases(database.jdbc, UUID.randomUUID(), Duration.ofSeconds(1));
        dead.renew();
        database.commit(row(key, "waits for a living relay"));

        startRelay();
        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> assertThat(firstOccurrences(key)).hasSize(1));
    }

    /** It polls three times a minute only. */
    @Test
    void aSleepingRelayIsWokenByWhatAnotherInstanceWroteForItsBuckets() {
        announceAnotherInstance();
        var relay = startRelay(RARELY, OutboxRelayIT::producer);
        await().until(() -> bucketsOf(relay) == Buckets.COUNT / 2);
        var mine = leasedBits(relay);
        var key = Stream.generate(() -> UUID.randomUUID().toString())
                .filter(any -> (mine & 1 << row(any, "").bucket()) != 0)
                .findFirst()
                .orElseThrow();

        try (var signals = new RelaySignals(database.dataSource)) {
            for (var number = 1; number <= 3; number++) {
                var row = row(key, "" + number);
                var expected = number;
                database.commit(row);
                await().atMost(RARELY.lease().dividedBy(6)).untilAsserted(() -> {
                    signals.send(1 << row.bucket());
                    assertThat(firstOccurrences(key)).hasSize(expected);
                });
            }
        }
    }

    @Test
    void otherInstancesAreToldWhichOfTheirBucketsWereWrittenTo() {
        announceAnotherInstance();
        var relay = startRelay(RARELY, OutboxRelayIT::producer);
        await().until(() -> bucketsOf(relay) == Buckets.COUNT / 2);

        var heard = new LinkedBlockingQueue<Integer>();
        var all = (1 << Buckets.COUNT) - 1;
        try (var signals = new RelaySignals(database.dataSource)) {
            signals.listen(heard::add);
            await().until(() -> {
                relays.get(relay).wake(all);
                return !heard.isEmpty();
            });
        }
        assertThat(heard).containsOnly(all & ~leasedBits(relay));
    }

    @Test
    void keysKeepTheirOrderWhileInstancesComeAndGo() {
        var keys = IntStream.range(0, 20).mapToObj(number -> key + number).toList();
        startRelay();
        for (var round = 0; round < 30; round++) {
            var number = round;
            keys.forEach(each -> database.commit(row(each, "" + number)));
            if (round % 10 == 4) {
                startRelay();
            }
            if (round % 10 == 9) {
                relays.values().stream()
                        .filter(OutboxRelay::isRunning)
                        .findFirst()
                        .orElseThrow()
                        .stop();
            }
        }

        startRelay();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(keys)
                        .allSatisfy(each -> assertThat(firstOccurrences(each)).hasSize(30)));
        keys.forEach(each -> assertInOrder(each, 30));
    }

    @Test
    void dyingBetweenSendingAndStoringTheCursorSendsAgainInOrderAndLosesNothing() {
        database.jdbc.sql("CREATE TABLE before AS SELECT * FROM outbox_bucket").update();
        var first = startRelay();
        IntStream.range(0, 5).forEach(number -> database.commit(row(key, "" + number)));
        await().untilAsserted(() -> assertThat(firstOccurrences(key)).hasSize(5));
        relays.get(first).stop();

        database.jdbc.sql("""
                        UPDATE outbox_bucket SET cursor = before.cursor, next_txid = before.next_txid, last_id = before.last_id
                        FROM before WHERE before.bucket = outbox_bucket.bucket
                        """).update();
        database.commit(row(key, "5"));
        startRelay();

        await().untilAsserted(() -> assertThat(sequences(key)).hasSize(11));
        assertThat(sequences(key)).containsExactly(1L, 2L, 3L, 4L, 5L, 1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aTransactionThatIsHeldOpenDelaysNobodyElse() throws Exception {
        startRelay();
        try (var connection = database.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("SELECT pg_current_xact_id()");
            for (var number = 1; number <= 3; number++) {
                database.commit(row(key, "" + number));
                var expected = number;
                await().untilAsserted(() -> assertThat(sequences(key)).hasSize(expected));
            }
            connection.rollback();
        }
        assertInOrder(key, 3);
    }

    @Test
    void whileTheBrokerIsAwayEventsWaitAndThenLeaveInOrder() {
        startRelay();
        database.commit(row(key, "before"));
        await().untilAsserted(() -> assertThat(sequences(key)).hasSize(1));

        TestInfrastructure.get().killKafka();
        IntStream.range(0, 20).forEach(number -> database.commit(row(key, "" + number)));
        TestInfrastructure.get().startKafka();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(firstOccurrences(key)).hasSize(21));
        assertInOrder(key, 21);
    }

    /** Its broker may be away for it only. */
    @Test
    void theShareOfAnInstanceThatWaitsForTheBrokerIsTakenOver() throws Exception {
        var waits = new CountDownLatch(1);
        startRelay(OFTEN, () -> new WaitingProducer(waits));
        database.commit(row(key, "1"));
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();

        var other = startRelay();
        await().atMost(Duration.ofSeconds(15)).until(() -> bucketsOf(other) == Buckets.COUNT);
        await().untilAsserted(() -> assertThat(firstOccurrences(key)).hasSize(1));
    }

    @Test
    void afterTheDatabaseWasKilledTheRelayGoesOnFromItsStoredCursor() {
        startRelay();
        database.commit(row(key, "before"));
        await().untilAsserted(() -> assertThat(sequences(key)).hasSize(1));

        TestInfrastructure.get().killPostgres();
        TestInfrastructure.get().startPostgres();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            database.commit(row(key, "after"));
            return true;
        });

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(firstOccurrences(key)).hasSize(2));
        assertInOrder(key, 2);
    }

    private static Producer<byte[], byte[]> producer() {
        return RelayProducers.create(Map.of());
    }

    private UUID startRelay() {
        return startRelay(OFTEN, OutboxRelayIT::producer);
    }

    private UUID startRelay(RelaySettings settings, Supplier<Producer<byte[], byte[]>> producers) {
        var instance = UUID.randomUUID();
        var reader = new OutboxReader(database.template, "test");
        var relay = new OutboxRelay(
                reader,
                new OutboxSender(
                        producers,
                        new TopicCreator(RelayProducers.KAFKA, 3, Optional.empty(), topic -> Map.of()),
                        new SimpleMeterRegistry().counter("published")),
                new BucketLeases(database.jdbc, instance, settings.lease()),
                new ParkedEvents(database.jdbc, reader),
                new RelaySignals(database.dataSource),
                settings);
        relays.put(instance, relay);
        relay.start();
        return instance;
    }

    /** It takes part in sharing, and does nothing. */
    private void announceAnotherInstance() {
        database.jdbc
                .sql("INSERT INTO outbox_relay (instance, alive_until) VALUES (?, 'infinity')")
                .param(UUID.randomUUID())
                .update();
    }

    private int leasedBits(UUID instance) {
        return Buckets.bits(database.jdbc
                .sql("SELECT bucket FROM outbox_bucket WHERE owner = ?")
                .param(instance)
                .query(Integer.class)
                .list());
    }

    private int bucketsOf(UUID instance) {
        return database.jdbc
                .sql("SELECT count(*) FROM outbox_bucket WHERE owner = ?")
                .param(instance)
                .query(Integer.class)
                .single();
    }

    private static void assertInOrder(String key, int count) {
        assertThat(firstOccurrences(key))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
    }

    /** What a consumer that drops repetitions sees. */
    private static List<Long> firstOccurrences(String key) {
        return sequences(key).stream().distinct().toList();
    }

    private static List<Long> sequences(String key) {
        return TestInfrastructure.get().topics().read(OutboxDatabase.TOPIC).stream()
                .filter(message -> key.equals(message.key()))
                .map(message -> CloudEventHeaders.read(message.headers()).sequence())
                .toList();
    }

    /** Takes all records, and gets none acknowledged. */
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
