package dev.orderflow.eventing.test;

import dev.orderflow.local.FreePort;
import dev.orderflow.local.PostgresAdmin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Containers, which Testcontainers removes after the end of this JVM.
 * <p>
 * Their ports are chosen beforehand: the engine would otherwise choose new ones whenever a container starts again, and
 * clients would look for the server where it was.
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
            // As the embedded server has it: text sorts the same everywhere.
            .withEnv("POSTGRES_INITDB_ARGS", "--locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C")
            .withCommand("postgres", "-c", "max_connections=200", "-c", "fsync=off", "-c", "full_page_writes=off");

    private final KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE)
            .withEnv("KAFKA_HEAP_OPTS", "-Xms64m -Xmx256m")
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "10")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");

    ContainerServers() {
        postgres.setPortBindings(List.of(FreePort.find() + ":5432"));
        kafka.setPortBindings(List.of(FreePort.find() + ":9092"));
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
        return kafka.getBootstrapServers();
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
