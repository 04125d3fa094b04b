package dev.orderflow.bench.publishing;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.PublicationTime;
import dev.orderflow.eventing.kafka.RelayProducers;
import dev.orderflow.eventing.outbox.relay.Sender;
import dev.orderflow.events.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishing service, controlled by a benchmark. Its relay is off at first. */
public final class PublishingService implements AutoCloseable {

    /** Source of its events: the owner of the topic that orders are published on. */
    public static final String NAME = Topics.ORDER_SERVICE;

    private static final String ACKNOWLEDGED = "eventing.outbox.published";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Served by outbox_txid: below the lowest bound nothing can be pending. */
    private static final String IS_ALL_SENT = """
            SELECT NOT EXISTS (
                SELECT FROM outbox_bucket b
                JOIN outbox o ON o.bucket = b.bucket
                             AND o.txid >= pg_snapshot_xmin(b.cursor)
                             AND NOT pg_visible_in_snapshot(o.txid, b.cursor))
            """;

    private static final String OWNERS_WITH_AT_MOST = """
            SELECT count(*) FROM (SELECT owner FROM outbox_bucket WHERE owner IS NOT NULL
                                  GROUP BY owner HAVING count(*) <= ?) AS fair
            """;
    private static final int BUCKETS = 16;

    private final ConfigurableApplicationContext context;
    private final EventPublisher publisher;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;

    private PublishingService(ConfigurableApplicationContext context) {
        this.context = context;
        this.publisher = context.getBean(EventPublisher.class);
        this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        this.meters = context.getBean(MeterRegistry.class);
    }

    /**
     * Starts the service.
     *
     * @param properties of the application, at least those of {@link dev.orderflow.bench.Environment#createDatabase}
     */
    public static PublishingService start(Map<String, String> properties) {
        var all = new HashMap<>(properties);
        all.put("spring.application.name", NAME);
        all.put("spring.main.banner-mode", "off");
        all.put("spring.flyway.enabled", "false"); // The service has no tables of its own.
        var arguments = all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return new PublishingService(new SpringApplicationBuilder(PublishingApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments));
    }

    public void startRelay() {
        context.getBean("outboxRelay", SmartLifecycle.class).start();
    }

    /** Starts publishing scheduled events, beside the relay. */
    public void startSchedule() {
        context.getBean("scheduledPublication", SmartLifecycle.class).start();
    }

    public void stopRelay() {
        context.getBean("outboxRelay", SmartLifecycle.class).stop();
    }

    /** Publishes events in one transaction. May be called by several threads at once. */
    public void publish(List<? extends DomainEvent> events) {
        transaction.executeWithoutResult(status -> events.forEach(publisher::publish));
    }

    /** Schedules events in one transaction. */
    public void schedule(List<? extends DomainEvent> events, PublicationTime time) {
        transaction.executeWithoutResult(status -> events.forEach(event -> publisher.publish(event, time)));
    }

    /**
     * Returns the number of events the broker has acknowledged since the start, sent by the relay or by a
     * {@link #sender}.
     */
    public long acknowledged() {
        var counter = meters.find(ACKNOWLEDGED).counter();
        return counter == null ? 0 : (long) counter.count();
    }

    /** Waits until the relay has recorded that all events are sent. */
    public void awaitAllSent() {
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(this::isAllSent);
        } catch (ConditionTimeoutException e) {
            throw new BrokenPromiseException(
                    String.format(
                            Locale.ROOT,
                            "The relay did not record all events as sent within %d s.",
                            PATIENCE.toSeconds()),
                    e);
        }
    }

    /** Waits until each of that many instances' relays has its fair share of the outbox. */
    public void awaitShared(int instances) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(PATIENCE)
                .until(() -> jdbc().sql(OWNERS_WITH_AT_MOST)
                                .param(Math.ceilDiv(BUCKETS, instances))
                                .query(Integer.class)
                                .single()
                        == instances);
    }

    public JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    /** Creates another producer with the relay's settings. */
    public Producer<byte[], byte[]> producer() {
        return RelayProducers.create(context);
    }

    /**
     * Creates another producer.
     *
     * @param settings of Kafka's producer that replace the relay's
     */
    public Producer<byte[], byte[]> producer(Map<String, ?> settings) {
        return RelayProducers.create(context, settings);
    }

    /** Creates another sender with the relay's settings. */
    public Sender sender() {
        return Sender.create(context, meters.counter(ACKNOWLEDGED));
    }

    @Override
    public void close() {
        if (context.getBean("outboxRelay", SmartLifecycle.class).isRunning()) {
            stopRelay();
        }
        context.getBean("scheduledPublication", SmartLifecycle.class).stop();
        context.close();
    }

    public boolean isAllSent() {
        return jdbc().sql(IS_ALL_SENT).query(Boolean.class).single();
    }
}
