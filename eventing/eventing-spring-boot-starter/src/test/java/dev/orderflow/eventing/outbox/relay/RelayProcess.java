package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.test.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A relay in a separate process, which can be stopped and continued. */
final class RelayProcess implements AutoCloseable {

    private static final String SENT = "sent ";
    private static final String POSITION = "position";

    private final Process process;
    private final Set<UUID> sent = ConcurrentHashMap.newKeySet();
    private final AtomicInteger positions = new AtomicInteger();

    RelayProcess(Database database) {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            RelayProcess.class.getName(),
                            database.jdbcUrl(),
                            database.username(),
                            database.password())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    /** @param arguments where the database is */
    public static void main(String[] arguments) {
        var database = new Database(arguments[0], arguments[1], arguments[2]);
        var pool = CrashingDatabase.pool(database);
        var broker = new RecordingBroker(event -> System.out.println(SENT + event));
        var relay = new WatchedRelay(pool, broker, Duration.ofMillis(600), () -> System.out.println(POSITION));
        relay.start();
    }

    boolean hasSent(UUID event) {
        return sent.contains(event);
    }

    int positions() {
        return positions.get();
    }

    void stop() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) {
        try {
            var exitCode = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("kill -" + name + " ended with exit code " + exitCode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(SENT)) {
                    sent.add(UUID.fromString(line.substring(SENT.length())));
                } else if (line.equals(POSITION)) {
                    positions.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
