package dev.orderflow.eventing.outbox.relay;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.schema.EventingSchema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A relay with production settings in a separate JVM, which ends when it has sent the given number of events. */
final class SmallHeapRelay {

    private SmallHeapRelay() {}

    /** @param arguments JDBC URL, user, password, Kafka's servers, number of events */
    public static void main(String[] arguments) throws InterruptedException {
        var config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername(arguments[1]);
        config.setPassword(arguments[2]);
        config.setMaximumPoolSize(3);
        var kafka = Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[3]);
        try (var dataSource = new HikariDataSource(config)) {
            var template = new JdbcTemplate(dataSource);
            var jdbc = EventingSchema.UNSET.client(template);
            var published = new SimpleMeterRegistry().counter("published");
            var lease = Duration.ofSeconds(10);
            var leases = new BucketLeases(jdbc, UUID.randomUUID(), lease);
            var reader = new OutboxReader(template, "test");
            var relay = new OutboxRelay(
                    reader,
                    new OutboxSender(
                            () -> producer(kafka),
                            new TopicCreator(kafka, 3, Optional.empty(), topic -> Map.of()),
                            published,
                            new DatabaseTime(jdbc),
                            lease.dividedBy(3)),
                    leases,
                    new ParkedEvents(
                            jdbc,
                            new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                            reader,
                            leases,
                            lease),
                    new RelaySignals(dataSource),
                    new OutboxRelay.Settings(
                            5_000,
                            lease,
                            Duration.ofMillis(10),
                            Duration.ofMillis(500),
                            Duration.ofMillis(200),
                            Duration.ofSeconds(5)));
            relay.start();
            var wanted = Long.parseLong(arguments[4]);
            var never = new CountDownLatch(1);
            while (published.count() < wanted) {
                never.await(50, TimeUnit.MILLISECONDS);
            }
            relay.stop();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> kafka) {
        var properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 12 << 20);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
