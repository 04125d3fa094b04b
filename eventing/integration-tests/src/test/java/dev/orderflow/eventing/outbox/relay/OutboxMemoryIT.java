package dev.orderflow.eventing.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay with the heap size of the demo's services. */
class OutboxMemoryIT {

    private static final int SMALL = 12_000;
    private static final int LARGE = 2_796;

    private final OutboxDatabase database = new OutboxDatabase();
    private final String topic = "memory-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        database.close();
    }

    /** The small events come first, so that the relay reads thousands at once. */
    @Test
    void manyLargeEventsAfterSmallOnesFitIntoTheHeap() throws Exception {
        insert(SMALL, 100);
        insert(LARGE, 165_000);
        insert(1, 5_000_000);

        var log = folder.resolve("relay.log");
        var relay = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapRelay.class.getName(),
                        database.dataSource.getJdbcUrl(),
                        database.dataSource.getUsername(),
                        database.dataSource.getPassword(),
                        TestInfrastructure.get().bootstrapServers(),
                        Integer.toString(SMALL + LARGE + 1))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(relay.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(relay.exitValue()).as(() -> tail(log)).isZero();
        } finally {
            relay.destroyForcibly();
        }
    }

    private void insert(int events, int bytes) {
        database.jdbc
                .sql("""
                        INSERT INTO outbox (bucket, event_id, topic, key, type, sequence, time, payload)
                        SELECT 0, uuidv7(), :topic, number::text, 'test.happened.v1', 1, now(), convert_to(repeat('x', :bytes), 'UTF8')
                        FROM generate_series(1, :events) AS number
                        """)
                .param("topic", topic)
                .param("bytes", bytes)
                .param("events", events)
                .update();
    }

    private static String tail(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
