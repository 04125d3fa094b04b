package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events and topics that a real broker refuses, each between events that it accepts. */
class RefusedEventsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 200;

    private final OutboxDatabase database = new OutboxDatabase();
    private final Relays relays = new Relays(database);
    private final String key = UUID.randomUUID().toString();
    private final String topic = "refused-" + UUID.randomUUID();

    @AfterEach
    void stop() {
        relays.close();
        database.close();
    }

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

    @Test
    void aTopicThatTakesNothingForNowWaitsAloneAndThenSendsAllInOrder() throws Exception {
        create(topic, Map.of());
        var silent = new AtomicBoolean(true);
        commitBetweenOthers(topic);
        relays.start(Relays.OFTEN, () -> new Silent(topic, silent));

        awaitOthers();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states()).contains("WAITING"));
        database.commit(row(topic, "strict", "3"), row(key, "more"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(MANY + 1));
        assertThat(keysOn(topic)).isEmpty();

        silent.set(false);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sequencesOn(topic)).containsExactly(1L, 2L, 3L));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states()).isEmpty());
        database.commit(row(topic, "strict", "4"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sequencesOn(topic)).containsExactly(1L, 2L, 3L, 4L));
    }

    @Test
    void aTopicThatIsDeletedIsCreatedAgain() throws Exception {
        database.commit(row(topic, "k", "1"));
        relays.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sequencesOn(topic)).containsExactly(1L));

        try (var admin = admin()) {
            admin.deleteTopics(Set.of(topic)).all().get();
        }
        database.commit(row(topic, "k", "2"), row(key, "1"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).containsExactly(1L));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(sequencesOn(topic)).containsExactly(2L));
    }

    /** A new producer has to fetch the topic's metadata, and waits up to its limit. */
    @Test
    void aDeletedTopicThatTheProducerDoesNotKnowIsCreatedAgainAndNoOtherWaits() throws Exception {
        database.commit(row(topic, "k", "1"));
        var first = relays.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sequencesOn(topic)).containsExactly(1L));
        relays.get(first).stop();

        try (var admin = admin()) {
            admin.deleteTopics(Set.of(topic)).all().get();
        }
        database.commit(row(topic, "k", "2"), row(key, "1"));
        var parked = new CopyOnWriteArrayList<String>();
        relays.start(
                Relays.OFTEN,
                () -> Relays.producer(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000)),
                (reader, leases) ->
                        new ParkedEvents(database.jdbc, database.transaction, reader, leases, Relays.OFTEN.lease()) {
                            @Override
                            void waitForTopic(OutboxRow row, String cause, boolean forGood) {
                                parked.add(row.topic());
                                super.waitForTopic(row, cause, forGood);
                            }
                        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).containsExactly(1L));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(sequencesOn(topic)).containsExactly(2L));
        assertThat(parked).isEmpty();
    }

    /** Simulates a producer without permission to write, which fails at once for each record. */
    @Test
    void aTopicWithoutPermissionWaitsAloneAndIsTriedAgain() {
        var forbidden = new AtomicBoolean(true);
        commitBetweenOthers(topic);
        relays.start(Relays.OFTEN, () -> new Changing(record -> record) {
            @Override
            public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
                if (forbidden.get() && record.topic().equals(topic)) {
                    var failure = new TopicAuthorizationException(topic);
                    callback.onCompletion(null, failure);
                    return CompletableFuture.failedFuture(failure);
                }
                return super.send(record, callback);
            }
        });
        awaitOthers();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states()).containsExactly("WAITING", "WAITING"));

        forbidden.set(false);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sequencesOn(topic)).containsExactly(1L, 2L));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states()).isEmpty());
    }

    private void commitBetweenOthers(String refused) {
        var rows = new ArrayList<Row>();
        for (var number = 1; number <= MANY; number++) {
            rows.add(row(key, "" + number));
            if (number == 50 || number == 150) {
                rows.add(row(refused, "strict", "" + number));
            }
        }
        database.commit(rows.toArray(Row[]::new));
    }

    private void awaitOthers() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(MANY));
    }

    private List<String> states() {
        return database.jdbc
                .sql("SELECT state FROM outbox_parked ORDER BY id")
                .query(String.class)
                .list();
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

    private static List<String> keysOn(String topic) {
        return TestInfrastructure.get().topics().read(topic).stream()
                .map(message -> message.key())
                .toList();
    }

    private static List<Long> sequencesOn(String topic) {
        return TestInfrastructure.get().topics().read(topic).stream()
                .map(message -> CloudEventHeaders.read(message.headers()).sequence())
                .distinct()
                .toList();
    }

    private static String incompressible(int length) {
        return new Random(length)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, (text, letter) -> text.append((char) letter), StringBuilder::append)
                .toString();
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestInfrastructure.get().bootstrapServers()));
    }

    private static void create(String topic, Map<String, String> settings) throws Exception {
        try (var admin = admin()) {
            admin.createTopics(Set.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings)))
                    .all()
                    .get();
        }
    }

    private static Producer<byte[], byte[]> producer(UnaryOperator<ProducerRecord<byte[], byte[]>> change) {
        return new Changing(change);
    }

    /** A producer that applies {@code change} to each record. */
    private static class Changing extends KafkaProducer<byte[], byte[]> {

        private final UnaryOperator<ProducerRecord<byte[], byte[]>> change;

        Changing(UnaryOperator<ProducerRecord<byte[], byte[]>> change) {
            super(Relays.producerProperties(Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
            this.change = change;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
            return super.send(change.apply(record), callback);
        }
    }

    /** A producer without acknowledgements for one topic, as while too few replicas are in sync. */
    private static final class Silent extends Changing {

        private final String topic;
        private final AtomicBoolean silent;
        private final List<Callback> unanswered = new CopyOnWriteArrayList<>();
        private final CountDownLatch closed = new CountDownLatch(1);

        Silent(String topic, AtomicBoolean silent) {
            super(record -> record);
            this.topic = topic;
            this.silent = silent;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
            if (silent.get() && record.topic().equals(topic)) {
                unanswered.add(callback);
                return new CompletableFuture<>();
            }
            return super.send(record, callback);
        }

        @Override
        public void flush() {
            super.flush();
            if (!unanswered.isEmpty()) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new InterruptException(e);
                }
            }
        }

        @Override
        public void close(Duration timeout) {
            super.close(timeout);
            closed.countDown();
        }
    }
}
