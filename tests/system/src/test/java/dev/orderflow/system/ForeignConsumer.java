package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The process of the example in {@code docs/examples/order-status}, which is written in JavaScript. */
final class ForeignConsumer implements AutoCloseable {

    private static final Path EXAMPLE = Path.of("../../docs/examples/order-status");
    private static final Path INSTALLED = Path.of("target/order-status");
    private static final long LONGEST_INSTALLATION_MINUTES = 5;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> command;
    private final Path journal;
    private final Path log;
    /** An interrupted test run never reaches close(). */
    private final Thread end = new Thread(this::kill, "end-foreign-consumer");

    private Process process;

    /**
     * Installs the example and starts it.
     *
     * @param document the AsyncAPI document that it reads
     * @param name     of its consumer group and its files; a new one consumes from the beginning
     */
    ForeignConsumer(Path document, String bootstrapServers, String name) {
        install();
        this.journal = INSTALLED.resolve(name + ".jsonl");
        this.log = INSTALLED.resolve(name + ".log");
        this.command = List.of(
                "node",
                INSTALLED.resolve("order-status.mjs").toString(),
                document.toString(),
                bootstrapServers,
                journal.toString(),
                name);
        start();
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Skips the test on a machine without Node.js, which only this example needs. CI installs it. */
    static void assumeNode() {
        var installed = System.getenv("CI") != null
                || List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm")));
        assumeTrue(installed, "the example needs Node.js 20 with npm");
    }

    void start() {
        process = run(command, log);
    }

    /** Ends it with SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Returns the exit code of a process that has ended by itself. */
    int exitCode() {
        assertThat(process.isAlive()).as("alive: " + printed()).isFalse();
        return process.exitValue();
    }

    /** Returns the last status of each order in its journal. Fails if the process has ended. */
    Map<String, String> statuses() {
        assertThat(process.isAlive()).as("alive; it printed: " + printed()).isTrue();
        var statuses = new TreeMap<String, String>();
        changes()
                .forEach(change -> statuses.put(
                        change.get("order").stringValue(), change.get("status").stringValue()));
        return statuses;
    }

    /** Returns the sequence numbers of an order's changes, in their order in the journal. */
    List<Integer> sequencesOf(String order) {
        return changes().stream()
                .filter(change -> change.get("order").stringValue().equals(order))
                .map(change -> change.get("sequence").intValue())
                .toList();
    }

    String printed() {
        return read(log);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        kill();
    }

    /** A line without an end is being written. */
    private List<JsonNode> changes() {
        var text = Files.exists(journal) ? read(journal) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(JSON::readTree)
                .toList();
    }

    private static synchronized void install() {
        try {
            Files.createDirectories(INSTALLED);
            for (var file : List.of("order-status.mjs", "package.json", "package-lock.json")) {
                Files.copy(EXAMPLE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            var log = INSTALLED.resolve("npm.log");
            var npm = run(
                    List.of(
                            "npm",
                            "ci",
                            "--prefix",
                            INSTALLED.toString(),
                            "--prefer-offline",
                            "--no-audit",
                            "--no-fund"),
                    log);
            var ended = npm.waitFor(LONGEST_INSTALLATION_MINUTES, TimeUnit.MINUTES);
            npm.destroyForcibly();
            assertThat(ended && npm.exitValue() == 0).as("npm ci: " + read(log)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Process run(List<String> command, Path log) {
        try {
            return new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
