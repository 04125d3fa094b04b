package dev.orderflow.bench.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.tenants.TenantsApplication.Acts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Sends a loud tenant's flood and then a quiet tenant's events to a service with an empty database. */
final class TenantsRound implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ConfigurableApplicationContext service;
    private final Acts acts;
    private final KafkaProducer<String, byte[]> producer;
    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

    /**
     * @param name      name of the service and its consumer group
     * @param perSecond events of a tenant; 0 for no limit
     */
    TenantsRound(String name, Map<String, String> properties, int perSecond) {
        var all = new HashMap<>(properties);
        all.put("spring.application.name", name);
        all.put("spring.flyway.locations", "classpath:db/none");
        all.put("eventing.group", name);
        if (perSecond > 0) {
            all.put("eventing.rate-limit.events", Integer.toString(perSecond));
        }
        var arguments = all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        service = new SpringApplicationBuilder(TenantsApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments);
        acts = service.getBean(Acts.class);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        properties.get("spring.kafka.bootstrap-servers"),
                        "linger.ms",
                        5,
                        "max.in.flight.requests.per.connection",
                        1),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Returns the longest time from sending an event of the quiet tenant to handling it. */
    double slowestMillis(int flood, int quiet) {
        send("loud");
        await("no event was handled", () -> acts.loud() > 0);
        for (var number = 0; number < flood; number++) {
            send("loud");
        }
        producer.flush();
        for (var number = 0; number < quiet; number++) {
            send(TenantsApplication.QUIET);
        }
        producer.flush();
        await("not all events of the quiet tenant were handled", () -> acts.quiet() >= quiet);
        return acts.slowestMillis();
    }

    private void send(String tenant) {
        var key = UUID.randomUUID().toString();
        var message = new ProducerRecord<>(
                TenantEvent.TOPIC, key, ("{\"sentAt\":" + System.nanoTime() + "}").getBytes(UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        ids.generate().toString(),
                        "ce_source",
                        "bench",
                        "ce_type",
                        TenantEvent.TYPE,
                        "ce_subject",
                        key,
                        "ce_time",
                        Instant.now().toString(),
                        "ce_tenantid",
                        tenant,
                        "ce_correlationid",
                        key,
                        "content-type",
                        "application/json")
                .forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        producer.send(message);
    }

    private static void await(String otherwise, Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new BrokenPromiseException("After " + PATIENCE.toMinutes() + " minutes " + otherwise + ".", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        service.close();
    }
}
