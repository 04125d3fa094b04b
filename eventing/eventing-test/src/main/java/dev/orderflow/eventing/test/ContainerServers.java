package dev.orderflow.eventing.test;

import dev.orderflow.local.FreePort;
import dev.orderflow.local.PostgresAdmin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Servers in containers, which Testcontainers removes after the end of this JVM.
 * <p>
 * Their ports are chosen beforehand: the engine would otherwise assign new ports whenever a container restarts, and clients would
 * look for the server at the old ones.
 */
final class ContainerServers implements Servers {

    static final String POSTGRES_IMAGE = "postgres:18";
    static final String KAFKA_IMAGE = "apache/kafka:4.2.1";

    private static final String SUPERUSER = "postgres";
    private static final Duration RESTART_TIMEOUT = Duration.ofSeconds(60);

    private final PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES_IMAGE)
            .withUsername(SUPERUSER)
            .withPassword(SUPERUSER)
            .withDatabaseName("postgres")
            // Same as the embedded server: text sorts the same everywhere.
            .withEnv(
                    "POSTGRES_INITDB_ARGS",
                    "--encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C")
            .withCommand(
                    "postgres",
                    "-c",
                    "max_connections=200",
                    "-c",
                    "fsync=off",
                    "-c",
                    "full_page_writes=off",
                    // The default of 4,096 takes a fifth of the processor time of tests, which open many connections.
                    "-c",
                    "scram_iterations=1");

    private final int kafkaPort = FreePort.find();
    private final GenericContainer<?> kafka;

    ContainerServers() {
        postgres.setPortBindings(List.of(FreePort.find() + ":5432"));
        kafka = kafka(DockerClientFactory.instance().dockerHostIpAddress(), kafkaPort);
    }

    @Override
    public void start() {
        Startables.deepStart(postgres, kafka).join();
    }

    @Override
    public PostgresAdmin postgresAdmin() {
        return new PostgresAdmin(postgres.getJdbcUrl(), SUPERUSER, SUPERUSER);
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + postgres.getHost() + ":" + postgres.getMappedPort(5432) + "/" + database;
    }

    @Override
    public String bootstrapServers() {
        return kafka.getHost() + ":" + kafkaPort;
    }

    @Override
    public void stopPostgres() {
        stop(postgres);
    }

    @Override
    public void killPostgres() {
        kill(postgres);
    }

    @Override
    public void startPostgres() {
        startAgain(postgres);
        Awaitility.await().atMost(RESTART_TIMEOUT).until(postgresAdmin()::isAccepted);
    }

    @Override
    public void stopKafka() {
        stop(kafka);
    }

    @Override
    public void killKafka() {
        kill(kafka);
    }

    @Override
    public void startKafka() {
        startAgain(kafka);
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            Awaitility.await()
                    .atMost(RESTART_TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> !admin.describeCluster()
                            .nodes()
                            .get(5, TimeUnit.SECONDS)
                            .isEmpty());
        }
    }

    @Override
    public void freezeKafka() {
        kafka.getDockerClient().pauseContainerCmd(kafka.getContainerId()).exec();
    }

    @Override
    public void thawKafka() {
        kafka.getDockerClient().unpauseContainerCmd(kafka.getContainerId()).exec();
    }

    /**
     * Creates the broker's container. The image's start script formats the storage, which it may do only once. A container that
     * restarts continues with the configuration that the script left.
     */
    private static GenericContainer<?> kafka(String host, int port) {
        var container = new GenericContainer<>(KAFKA_IMAGE)
                .withExposedPorts(9092)
                .withEnv("KAFKA_NODE_ID", "1")
                .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
                .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093")
                .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
                // Clients use the mapped port, which the broker itself cannot reach from inside.
                .withEnv("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093,BROKER://:9094")
                .withEnv("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://" + host + ":" + port + ",BROKER://localhost:9094")
                .withEnv("KAFKA_INTER_BROKER_LISTENER_NAME", "BROKER")
                .withEnv(
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,BROKER:PLAINTEXT")
                .withEnv("KAFKA_LOG_DIRS", "/tmp/kraft-combined-logs")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_DEFAULT_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "10")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_LOG_CLEANER_DEDUPE_BUFFER_SIZE", "8388608")
                .withEnv("KAFKA_HEAP_OPTS", "-Xms64m -Xmx256m")
                // A broker that runs for minutes: full compilation would cost more than it saves.
                .withEnv("KAFKA_JVM_PERFORMANCE_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                .withCommand("sh", "-c", """
                        if [ -f /tmp/kraft-combined-logs/meta.properties ]
                        then exec /opt/kafka/bin/kafka-server-start.sh /opt/kafka/config/server.properties
                        else exec /etc/kafka/docker/run
                        fi
                        """)
                .waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1));
        container.setPortBindings(List.of(port + ":9092"));
        return container;
    }

    private static void stop(GenericContainer<?> container) {
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(20)
                .exec();
    }

    private static void kill(GenericContainer<?> container) {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    private static void startAgain(GenericContainer<?> container) {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
    }
}
