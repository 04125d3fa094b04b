package dev.orderflow.bench.consume;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Timeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Running service, and access to its database. */
final class ConsumeService implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ConfigurableApplicationContext context;
    private final JdbcClient jdbc;

    private ConsumeService(ConfigurableApplicationContext context) {
        this.context = context;
        this.jdbc = context.getBean(JdbcClient.class);
    }

    /**
     * Starts the service.
     *
     * @param handler {@code jdbc} or {@code jpa}
     * @param properties beside those of {@code consume.yaml}
     */
    static ConsumeService start(String handler, Map<String, String> properties) {
        var all = new HashMap<>(properties);
        all.put("spring.config.name", "consume");
        all.put("spring.profiles.active", handler);
        var arguments = all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        var service = new ConsumeService(new SpringApplicationBuilder(ConsumeApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments));
        service.stopConsuming();
        return service;
    }

    /** Resets the database to its state before any consumption. */
    void reset(int products) {
        jdbc.sql("TRUNCATE inbox, stock_item").update();
        jdbc.sql("INSERT INTO stock_item SELECT sku, 0, 0 FROM unnest(?) AS sku")
                .param(IntStream.range(0, products).mapToObj(Workload::sku).toArray(String[]::new))
                .update();
        // Keeps the clean-up after one round out of the measurement of the next.
        jdbc.sql("VACUUM ANALYZE inbox, stock_item").update();
        context.getBean(Handled.class).reset();
    }

    /**
     * Consumes the topic from its beginning. Returns when {@code events} have been handled and {@code units} have been
     * sold.
     */
    void consume(int events, long units) {
        rewind();
        var handled = context.getBean(Handled.class);
        context.getBean("consumerGroup", SmartLifecycle.class).start();
        Awaitility.await()
                .pollInterval(POLL)
                .atMost(PATIENCE)
                .until(() -> handled.count() >= events && sold() >= units);
        stopConsuming();
    }

    /**
     * Returns the number of events whose transactions had begun before each transaction, by the database's clock: from
     * the beginning of the first transaction to that of the last.
     */
    Timeline timeline() {
        return new Timeline(jdbc.sql("""
                        SELECT extract(epoch FROM handled_at - min(handled_at) OVER ())::float8 AS seconds,
                               (sum(count(*)) OVER (ORDER BY handled_at) - count(*))::bigint AS total
                        FROM inbox GROUP BY handled_at ORDER BY handled_at
                        """).query(Timeline.Sample.class).list());
    }

    /**
     * Checks the effects.
     *
     * @throws BrokenPromiseException unless each event took effect exactly once
     */
    void requireOnce(int events, long units) {
        var remembered =
                jdbc.sql("SELECT count(*) FROM inbox").query(Integer.class).single();
        if (remembered != events || sold() != units) {
            throw new BrokenPromiseException(String.format(
                    Locale.ROOT,
                    "%,d events sold %,d units, but %,d are in the inbox and %,d units are sold.",
                    events,
                    units,
                    remembered,
                    sold()));
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private long sold() {
        return jdbc.sql("SELECT sum(sold) FROM stock_item").query(Long.class).single();
    }

    private void stopConsuming() {
        context.getBean("consumerGroup", SmartLifecycle.class).stop();
    }

    private void rewind() {
        var servers = context.getEnvironment().getRequiredProperty("spring.kafka.bootstrap-servers");
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            var partitions = admin.describeTopics(Set.of(StockEvent.TOPIC))
                    .allTopicNames()
                    .get()
                    .get(StockEvent.TOPIC)
                    .partitions();
            admin.alterConsumerGroupOffsets(
                            "bench-consume",
                            partitions.stream()
                                    .collect(Collectors.toMap(
                                            partition -> new TopicPartition(StockEvent.TOPIC, partition.partition()),
                                            partition -> new OffsetAndMetadata(0))))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
