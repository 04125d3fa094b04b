package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Topics that a real broker takes nothing for, for a while: they wait alone. */
class RefusingTopicsIT extends RefusalFixture {

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

    private static List<Long> sequencesOn(String topic) {
        return TestInfrastructure.get().topics().read(topic).stream()
                .map(message -> CloudEventHeaders.read(message.headers()).sequence())
                .distinct()
                .toList();
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
