package dev.orderflow.eventing.test;

import dev.orderflow.local.Folders;
import dev.orderflow.local.KafkaServer;
import dev.orderflow.local.KafkaSettings;
import dev.orderflow.local.PostgresAdmin;
import dev.orderflow.local.PostgresServer;
import dev.orderflow.local.PostgresSettings;
import dev.orderflow.local.RecordedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Servers as child processes, in a folder that is deleted when this JVM ends. */
final class EmbeddedServers implements Servers {

    private static final String PREFIX = "orderflow-test-";

    private final Path folder;
    private final PostgresServer postgres;
    private final KafkaServer kafka;

    EmbeddedServers() {
        var parent = Path.of(System.getProperty("java.io.tmpdir"));
        clearLeftovers(parent);
        folder = Folders.createPassable(
                parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36)));
        RecordedProcess.of(ProcessHandle.current()).writeTo(folder.resolve("owner.pid"));
        postgres = new PostgresServer(
                new PostgresSettings(folder.resolve("postgres"), folder.resolve("postgres.log"), 0, false));
        kafka = new KafkaServer(kafkaSettings());
    }

    /** The broker of this JVM's class path, or of another one, for tests with other versions. */
    private KafkaSettings kafkaSettings() {
        var settings = new KafkaSettings(folder.resolve("kafka"), folder.resolve("kafka.log"), 0);
        var classPath = System.getProperty("infra.kafka.classpath", "");
        return classPath.isEmpty()
                ? settings
                : new KafkaSettings(
                        settings.folder(),
                        settings.log(),
                        settings.port(),
                        settings.member(),
                        classPath,
                        settings.jvmOptions());
    }

    @Override
    public void start() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-test-infrastructure"));
        var kafkaStarted = CompletableFuture.runAsync(this::startKafka);
        startPostgres();
        kafkaStarted.join();
    }

    @Override
    public PostgresAdmin postgresAdmin() {
        return postgres.admin();
    }

    @Override
    public String jdbcUrl(String database) {
        return postgres.jdbcUrl(database);
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public void stopPostgres() {
        postgres.stop();
    }

    @Override
    public void killPostgres() {
        postgres.kill();
    }

    @Override
    public void startPostgres() {
        postgres.start();
        postgres.process().orElseThrow().writeTo(folder.resolve("postgres.pid"));
    }

    @Override
    public void stopKafka() {
        kafka.stop();
    }

    @Override
    public void killKafka() {
        kafka.kill();
    }

    @Override
    public void startKafka() {
        kafka.start();
        kafka.process().orElseThrow().writeTo(folder.resolve("kafka.pid"));
    }

    @Override
    public void freezeKafka() {
        kafka.process().orElseThrow().freeze();
    }

    @Override
    public void thawKafka() {
        kafka.process().orElseThrow().thaw();
    }

    /** Kills the servers. Their data is deleted, so no shutdown is needed. */
    private void end() {
        kafka.kill();
        postgres.kill();
        Folders.delete(folder);
    }

    /** Cleans up after JVMs that were killed: they ran no shutdown hook. */
    private static void clearLeftovers(Path parent) {
        try (var folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (var leftover : folders) {
                var owner = RecordedProcess.readFrom(leftover.resolve("owner.pid"));
                if (owner.isPresent() && !owner.get().isAlive() && Files.isWritable(leftover)) {
                    RecordedProcess.readFrom(leftover.resolve("postgres.pid")).ifPresent(RecordedProcess::kill);
                    RecordedProcess.readFrom(leftover.resolve("kafka.pid")).ifPresent(RecordedProcess::kill);
                    Folders.delete(leftover);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
