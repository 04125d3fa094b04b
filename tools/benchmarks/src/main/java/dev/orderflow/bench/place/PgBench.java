package dev.orderflow.bench.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.bench.BrokenPromiseException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * PostgreSQL's own load generator, <a href="https://www.postgresql.org/docs/current/pgbench.html">pgbench</a>, with the
 * minimal transaction of an order: the order, its lines, and an outbox row, in five statements with {@code BEGIN} and
 * {@code COMMIT}. Its tables are in a schema of their own in order-service's database.
 */
final class PgBench {

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final Path SYSTEM_FOLDER = Path.of("/usr/lib/postgresql");
    private static final int DIGITS = 3;

    private final Path program;
    private final PgTarget target;
    private final Path folder;
    private final Path script;

    /**
     * Finds pgbench.
     *
     * @param folder for its script and logs
     */
    PgBench(PgTarget target, Path folder) {
        this.program = find();
        this.target = target;
        this.folder = folder;
        this.script = folder.resolve("place.pgbench");
        try (var content = PgBench.class.getResourceAsStream("/place/transaction.pgbench")) {
            Files.createDirectories(folder);
            Files.copy(Optional.ofNullable(content).orElseThrow(), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the transactions per second of {@code clients} at full speed. */
    double throughput(int clients, Duration duration) {
        var output = run(clients, duration, List.of());
        var tps = TPS.matcher(output);
        if (!tps.find()) {
            throw new IllegalStateException("pgbench printed no rate: " + output);
        }
        return Double.parseDouble(tps.group(1));
    }

    /** Returns the transactions' latencies at a constant rate, from when each was due; nanoseconds. */
    Histogram latency(int clients, int perSecond, Duration duration) {
        var logs = folder.resolve("latency");
        run(clients, duration, List.of("-R", Integer.toString(perSecond), "-l", "--log-prefix=" + logs));
        try (var files = Files.list(folder)) {
            var latency = new Histogram(DIGITS);
            for (var file : files.filter(file -> file.getFileName().toString().startsWith("latency."))
                    .toList()) {
                // The columns are client, transaction, microseconds, …
                try (var lines = Files.lines(file)) {
                    lines.mapToLong(line -> Long.parseLong(line.split(" ")[2]))
                            .forEach(micros -> latency.recordValue(TimeUnit.MICROSECONDS.toNanos(micros)));
                }
                Files.delete(file);
            }
            return latency;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(int clients, Duration duration, List<String> more) {
        var command = new ArrayList<>(List.of(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=1",
                "--time=" + duration.toSeconds(),
                "--file=" + script,
                "--host=" + target.host(),
                "--port=" + target.port(),
                "--username=" + target.user()));
        command.addAll(more);
        command.add(target.database());
        try {
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            builder.environment().putAll(Map.of("PGPASSWORD", target.password()));
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("pgbench failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pgbench was running", e);
        }
    }

    /** Returns the program from the PATH, or from where Debian keeps the programs of each version. */
    private static Path find() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator);
        return Stream.concat(Stream.of(path).filter(folder -> !folder.isEmpty()).map(Path::of), versions())
                .map(folder -> folder.resolve("pgbench"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new BrokenPromiseException(
                        "pgbench is missing: install PostgreSQL's client programs (on Debian and Ubuntu:"
                                + " postgresql-contrib or postgresql)."));
    }

    private static Stream<Path> versions() {
        try (var versions = Files.list(SYSTEM_FOLDER)) {
            return versions.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin")).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
