package dev.orderflow.bench;

import dev.orderflow.local.Folders;
import dev.orderflow.local.KafkaServer;
import dev.orderflow.local.KafkaSettings;
import dev.orderflow.local.PostgresServer;
import dev.orderflow.local.PostgresSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A PostgreSQL and a broker for one benchmark, on free ports and in a temporary folder; both are gone when it is closed or this
 * JVM ends. A commit waits for the disk, as it would in production.
 */
public final class Environment implements AutoCloseable {

    private final Path folder;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final Ending ending;

    private Environment(Path folder, List<String> postgresParameters) {
        this.folder = folder;
        this.postgres = new PostgresServer(new PostgresSettings(
                folder.resolve("postgres"), folder.resolve("postgres.log"), 0, true, postgresParameters));
        this.kafka = new KafkaServer(new KafkaSettings(folder.resolve("kafka"), folder.resolve("kafka.log"), 0));
        this.ending = new Ending("end-environment", this::end);
    }

    /** @throws dev.orderflow.local.StartFailedException with the end of its log if a server does not start */
    public static Environment start() {
        return start(List.of());
    }

    /**
     * With {@code postgresParameters}, each as {@code name=value}.
     *
     * @throws dev.orderflow.local.StartFailedException with the end of its log if a server does not start
     */
    public static Environment start(List<String> postgresParameters) {
        var name = "orderflow-bench-" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);
        var environment = new Environment(
                Folders.createPassable(
                        Path.of(System.getProperty("java.io.tmpdir")).resolve(name)),
                postgresParameters);
        try {
            environment.startServers();
            return environment;
        } catch (RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    /** Creates an empty database, and returns what a Spring Boot application has to be told to use it and the broker. */
    public Map<String, String> createDatabase(String name) {
        postgres.createDatabase(name, name);
        return Map.of(
                "spring.datasource.url",
                postgres.jdbcUrl(name),
                "spring.datasource.username",
                name,
                "spring.datasource.password",
                name,
                "spring.kafka.bootstrap-servers",
                kafka.bootstrapServers());
    }

    /** As PostgreSQL's superuser, outside of any benchmark's database. */
    public void administer(String sql) {
        postgres.admin().execute(sql);
    }

    /** For files that are of no use afterwards. */
    public Path folder() {
        return folder;
    }

    /** Of the broker. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public void close() {
        ending.close();
    }

    private void startServers() {
        var kafkaStarted = CompletableFuture.runAsync(kafka::start);
        try {
            postgres.start();
        } finally {
            await(kafkaStarted);
        }
    }

    private static void await(CompletableFuture<Void> started) {
        try {
            started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Nothing is kept, so that nothing needs to be written before the end. */
    private void end() {
        kafka.kill();
        postgres.kill();
        Folders.delete(folder);
    }
}
