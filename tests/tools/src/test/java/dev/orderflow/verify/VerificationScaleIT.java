package dev.orderflow.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.verify.evidence.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies a suite with more events than fit into the heap at once. {@code -Dverify.orders=N},
 * {@code -Dverify.strays=N} and {@code -Dverify.heap=SIZE} set other sizes.
 */
@WorldTest
class VerificationScaleIT {

    private static final Logger LOG = LoggerFactory.getLogger(VerificationScaleIT.class);
    private static final String HEAP = System.getProperty("verify.heap", "160m");
    private static final long ORDERS = Long.getLong("verify.orders", 20_000);
    private static final long STRAYS = Long.getLong("verify.strays", 200_000);
    private static final long LETTERS = 120_000;
    /** Dead letters with a cause of maximum length. */
    private static final String REPLAYED = """
            INSERT INTO dead_letter (consumer, event_id, type, topic, source_partition, source_offset, key, headers, handler,
                                     holds_key, exception, root_cause, cause_group, attempts, state)
            SELECT 'notification-service', gen_random_uuid(), 'dev.orderflow.order.paid.v1', 'order-events', 0, n,
                   gen_random_uuid()::text, '[]', 'Handlers.handle', true, 'java.lang.IllegalStateException',
                   rpad('cause ' || n, 1000, 'x'), 'cause', '[]', 'REPLAYED'
            FROM generate_series(1::bigint, ?) n
            """;
    /** Limit of ten times what a busy machine takes; a quadratic algorithm takes hours. */
    private static final long SECONDS = Math.max(120, (9 * ORDERS + STRAYS) / 3_000);

    private final World world;

    VerificationScaleIT(World world) {
        this.world = world;
    }

    @Test
    void manyOrdersAreFoundWithoutFaultInLittleMemory() throws Exception {
        try (var orders = new ManyOrders(world, ORDERS)) {
            orders.write(0);

            assertThat(verify(orders)).contains("The promise is kept", "kept: true");
        }
    }

    @Test
    void manyStrayRecordsAreCountedAndTheFirstIsNamed() throws Exception {
        try (var orders = new ManyOrders(world, 1)) {
            orders.write(STRAYS);

            var readers = List.of(Service.values()).stream()
                    .filter(service -> service.reads("order-events"))
                    .count();
            assertThat(verify(orders))
                    .contains("kept: false")
                    .containsPattern("every event on a topic comes from an outbox +[0-9,]+ +0 +"
                            + String.format(Locale.ROOT, "%,d", readers * STRAYS));
        }
    }

    @Test
    void manyDeadLettersBesideFewEventsAreReadInLittleMemory() throws Exception {
        try (var orders = new ManyOrders(world, 1)) {
            orders.write(0);
            world.sql(Service.NOTIFICATION, REPLAYED, LETTERS);

            assertThat(verify(orders)).contains("The promise is kept", "kept: true");
        }
    }

    private String verify(ManyOrders orders) throws Exception {
        var sources = world.sources();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                VerifyProcess.class.getName(),
                String.valueOf(sources.broker().get("bootstrap.servers")),
                orders.sandbox().toString()));
        for (var service : Service.values()) {
            var database = sources.databases().get(service);
            command.addAll(List.of(database.url(), database.user(), database.password()));
        }
        var begin = System.nanoTime();
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.getInputStream()) {
            process.onExit()
                    .orTimeout(SECONDS, TimeUnit.SECONDS)
                    .whenComplete((ended, late) -> process.destroyForcibly());
            var text = new String(output.readAllBytes(), UTF_8);
            LOG.info(
                    "events={} heap={} seconds={}\n{}", orders.events(), HEAP, (System.nanoTime() - begin) / 1e9, text);
            return text;
        }
    }
}
