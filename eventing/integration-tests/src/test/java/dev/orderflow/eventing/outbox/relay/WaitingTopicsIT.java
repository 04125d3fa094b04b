package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic that accepts no events, and for which events are already waiting when a relay starts. */
class WaitingTopicsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WATCHED = Duration.ofSeconds(8);

    private final OutboxDatabase database = new OutboxDatabase();
    private final Relays relays = new Relays(database, new SilentCluster());
    private final String topic = "waits-" + UUID.randomUUID();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final AtomicInteger producers = new AtomicInteger();

    @BeforeEach
    void letEventsWait() {
        database.commit(IntStream.range(0, 50)
                .mapToObj(number -> row(topic, "waits-" + number, ""))
                .toArray(Row[]::new));
        database.template.update("""
                INSERT INTO outbox_parked (id, bucket, event_id, topic, key, type, sequence, time, forwarded, headers, payload,
                                           state, cause)
                SELECT id, bucket, event_id, topic, key, type, sequence, time, forwarded, headers, payload, 'WAITING', 'test'
                FROM outbox
                """);
    }

    @AfterEach
    void stop() {
        relays.close();
        database.close();
    }

    @Test
    void whatIsRefusedAtOnceIsNotTriedAllTheTime() {
        relays.start(Relays.OFTEN, Forbidding::new);
        database.commit(row("other", "1"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent).contains("other"));
        await().during(WATCHED)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(producers).hasValueLessThanOrEqualTo(5));
    }

    /** Nobody can know in this case whether the broker is unavailable. */
    @Test
    void whatIsNotAcknowledgedStopsNothingElseThoughTheBrokerDoesNotSayThatItIsThere() {
        relays.start(Relays.OFTEN, Silent::new);

        for (var number = 0; number < 5; number++) {
            var key = "other-" + number;
            database.commit(row(key, "1"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent).contains(key));
        }
        assertThat(sent).noneMatch(key -> key.startsWith("waits"));
        assertThat(parked()).isEqualTo(50);
    }

    private int parked() {
        return database.jdbc
                .sql("SELECT count(*) FROM outbox_parked")
                .query(Integer.class)
                .single();
    }

    /** A cluster with a broker that does not answer, so that it takes too long to find any other. */
    private static final class SilentCluster extends TopicCreator {

        private SilentCluster() {
            super(Relays.KAFKA, 3, Optional.empty(), topic -> Map.of());
        }

        @Override
        public boolean brokerAnswers() {
            return false;
        }
    }

    private class Accepting extends MockProducer<byte[], byte[]> {

        private Accepting() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            producers.incrementAndGet();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
            if (message.topic().equals(topic)) {
                return refuse(callback);
            }
            sent.add(new String(message.key()));
            return super.send(message, callback);
        }

        Future<RecordMetadata> refuse(Callback callback) {
            return new CompletableFuture<>();
        }
    }

    private final class Forbidding extends Accepting {

        @Override
        Future<RecordMetadata> refuse(Callback callback) {
            var failure = new TopicAuthorizationException(topic);
            callback.onCompletion(null, failure);
            return CompletableFuture.failedFuture(failure);
        }
    }

    private final class Silent extends Accepting {

        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean isWaiting;

        @Override
        Future<RecordMetadata> refuse(Callback callback) {
            isWaiting = true;
            return new CompletableFuture<>();
        }

        @Override
        public void flush() {
            super.flush();
            if (isWaiting) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new InterruptException(e);
                }
            }
        }

        @Override
        public void close(Duration timeout) {
            closed.countDown();
        }
    }
}
