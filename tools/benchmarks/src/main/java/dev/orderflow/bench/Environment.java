package dev.orderflow.bench;

import dev.orderflow.local.Folders;
import dev.orderflow.local.KafkaMember;
import dev.orderflow.local.KafkaServer;
import dev.orderflow.local.KafkaSettings;
import dev.orderflow.local.PostgresServer;
import dev.orderflow.local.PostgresSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * PostgreSQL and one or more brokers for one benchmark, on free ports and in a temporary folder; all are removed when
 * it is closed or this JVM ends. A commit waits for the disk, as it would in production.
 */
public final class Environment implements AutoCloseable {

    private final Path folder;
    private final PostgresServer postgres;
    private final List<KafkaServer> kafka;
    private final Ending ending;

    private Environment(Path folder, List<String> postgresParameters, int brokers) {
        this.folder = folder;
        this.postgres = new PostgresServer(new PostgresSettings(
                folder.resolve("postgres"), folder.resolve("postgres.log"), 0, true, postgresParameters));
        this.kafka = KafkaMember.cluster(brokers).stream()
                .map(member -> new KafkaServer(new KafkaSettings(
                        folder.resolve("kafka-" + member.node()),
                        folder.resolve("kafka-" + member.node() + ".log"),
                        0,
                        member)))
                .toList();
        this.ending = new Ending("end-environment", this::end);
    }

    /**
     * Starts PostgreSQL and one broker.
     *
     * @throws dev.orderflow.local.StartFailedException with the end of its log if a server does not start
     */
    public static Environment start() {
        return start(List.of(), 1);
    }

    /**
     * Starts PostgreSQL with {@code postgresParameters}, each as {@code name=value}, and as many brokers as
     * {@code brokers}. The replication factor is three, or the number of brokers if there are fewer; a record is
     * acknowledged when all replicas but one have it.
     *
     * @throws dev.orderflow.local.StartFailedException with the end of its log if a server does not start
     */
    public static Environment start(List<String> postgresParameters, int brokers) {
        var name = "orderflow-bench-" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);
        var environment = new Environment(
                Folders.createPassable(
                        Path.of(System.getProperty("java.io.tmpdir")).resolve(name)),
                postgresParameters,
                brokers);
        try {
            environment.startServers();
            return environment;
        } catch (RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    /** Creates an empty database and returns the properties by which a Spring Boot application uses it and the broker. */
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
                bootstrapServers());
    }

    /** Executes a statement as PostgreSQL's superuser, outside of any benchmark's database. */
    public void administer(String sql) {
        postgres.admin().execute(sql);
    }

    /** {@return a folder for temporary files} */
    public Path folder() {
        return folder;
    }

    /** {@return the addresses of all brokers} */
    public String bootstrapServers() {
        return kafka.stream().map(KafkaServer::bootstrapServers).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        ending.close();
    }

    private void startServers() {
        var kafkaStarted = CompletableFuture.allOf(kafka.stream()
                .map(broker -> CompletableFuture.runAsync(broker::start, Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new));
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

    /** Stops everything. Data is not kept, so servers are killed and nothing is written to disk before. */
    private void end() {
        kafka.forEach(KafkaServer::kill);
        postgres.kill();
        Folders.delete(folder);
    }
}
