package dev.orderflow.eventing.outbox.relay;

import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.schema.EventingSchema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A relay whose progress a test can observe. */
final class WatchedRelay implements AutoCloseable {

    private final OutboxRelay relay;
    private volatile int renewals;
    private volatile int positions;
    private volatile int renewalsBeforePosition;

    WatchedRelay(DataSource dataSource, RecordingBroker broker, Duration poll) {
        this(dataSource, broker, poll, () -> {});
    }

    /** @param listener called for each position */
    WatchedRelay(DataSource dataSource, RecordingBroker broker, Duration poll, Runnable listener) {
        var template = new JdbcTemplate(dataSource);
        var jdbc = EventingSchema.UNSET.client(template);
        var settings = new OutboxRelay.Settings(
                100, Duration.ofSeconds(3), poll, poll, Duration.ofMillis(50), Duration.ofSeconds(1));
        var reader = new OutboxReader(template, "test") {
            @Override
            Position position(Incarnation incarnation) {
                var position = super.position(incarnation);
                renewalsBeforePosition = renewals;
                positions++;
                listener.run();
                return position;
            }
        };
        var leases = new BucketLeases(jdbc, UUID.randomUUID(), settings.lease()) {
            @Override
            void renew() {
                super.renew();
                renewals++;
            }
        };
        relay = new OutboxRelay(
                reader,
                new OutboxSender(broker::producer, new NoTopics(), new SimpleMeterRegistry().counter("published")),
                leases,
                new ParkedEvents(
                        jdbc,
                        new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                        reader,
                        leases,
                        settings.lease()),
                new RelaySignals(dataSource),
                settings);
    }

    void start() {
        relay.start();
    }

    void wake() {
        relay.wake(0);
    }

    /** Waits until the relay has renewed its leases and taken a position that counts the renewal as finished. */
    void awaitPositionAfterRenewal() {
        var before = renewals;
        awaitSoon(() -> renewalsBeforePosition > before);
    }

    /** Waits until the relay has taken {@code count} new positions, each after a wake-up. */
    void awaitPositions(int count) {
        for (var number = 0; number < count; number++) {
            var before = positions;
            wake();
            awaitSoon(() -> positions > before);
        }
    }

    private static void awaitSoon(java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    @Override
    public void close() {
        relay.stop();
    }

    /** A topic creator without effect: the broker of the test has all topics. */
    private static final class NoTopics extends TopicCreator {

        private NoTopics() {
            super(Map.of(), 1, Optional.empty(), topic -> Map.of());
        }

        @Override
        public void ensure(Collection<String> topics) {}
    }
}
