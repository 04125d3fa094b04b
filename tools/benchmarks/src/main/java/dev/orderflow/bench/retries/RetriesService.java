package dev.orderflow.bench.retries;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.retries.CounterEvent.Advanced;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.inbox.ConsumerGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;

/** Running service, controlled by the benchmark. */
final class RetriesService implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int EVENTS_PER_TRANSACTION = 100;

    private final ConfigurableApplicationContext context;
    private final JdbcClient jdbc;
    private final RestClient rest;

    private RetriesService(ConfigurableApplicationContext context) {
        this.context = context;
        this.jdbc = context.getBean(JdbcClient.class);
        this.rest = RestClient.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    /**
     * Starts the service.
     *
     * @param properties beside those of {@code retries.yaml}
     */
    static RetriesService start(Map<String, String> properties) {
        var all = new HashMap<>(properties);
        all.put("spring.config.name", "retries");
        var arguments = all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return new RetriesService(new SpringApplicationBuilder(RetriesApplication.class)
                .web(WebApplicationType.SERVLET)
                .registerShutdownHook(false)
                .run(arguments));
    }

    Effects effects() {
        return context.getBean(Effects.class);
    }

    Faults faults() {
        return context.getBean(Faults.class);
    }

    void startConsuming() {
        context.getBean(ConsumerGroup.class).start();
    }

    void stopConsuming() {
        context.getBean(ConsumerGroup.class).stop();
    }

    /** Publishes events and returns when the broker has all of them. */
    void publish(List<Advanced> events) {
        var publisher = context.getBean(EventPublisher.class);
        var transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        for (var from = 0; from < events.size(); from += EVENTS_PER_TRANSACTION) {
            var together = events.subList(from, Math.min(from + EVENTS_PER_TRANSACTION, events.size()));
            transaction.executeWithoutResult(status -> together.forEach(publisher::publish));
        }
        await("the outbox was not sent completely", () -> pending() == 0);
    }

    /** {@return the events that wait for an operator} */
    Set<Advanced> deadLetters() {
        return new HashSet<>(jdbc.sql("""
                SELECT key, convert_from(payload, 'UTF8')::jsonb ->> 'value' AS value
                FROM dead_letter WHERE state = 'DEAD'
                """)
                .query((row, number) -> new Advanced(row.getString("key"), row.getInt("value")))
                .list());
    }

    /** {@return the number of unresolved events} */
    int held() {
        return jdbc.sql("SELECT count(*) FROM key_hold").query(Integer.class).single();
    }

    /** Replays all dead letters by one call, as an operator would. */
    void replayAll() {
        rest.post()
                .uri("/admin/dead-letters/replay")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("all", true))
                .retrieve()
                .toBodilessEntity();
    }

    /**
     * Waits for a condition.
     *
     * @throws BrokenPromiseException saying {@code otherwise} if it never holds
     */
    static void await(String otherwise, BooleanSupplier condition) {
        try {
            Awaitility.await().pollInterval(POLL).atMost(PATIENCE).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new BrokenPromiseException(
                    String.format(Locale.ROOT, "After %d minutes %s.", PATIENCE.toMinutes(), otherwise), e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private int pending() {
        var answer = rest.get()
                .uri("/admin/outbox")
                .retrieve()
                .body(new ParameterizedTypeReference<Map<String, Object>>() {});
        return answer != null && answer.get("pending") instanceof Number pending ? pending.intValue() : -1;
    }
}
