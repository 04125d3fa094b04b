package dev.orderflow.eventing.test;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL and a real Kafka broker for the tests of this JVM. Both start on first use, are shared by all tests, and end
 * with the JVM.
 * <p>
 * They run in containers if a Docker engine has the images, otherwise as child processes from binaries on the class path.
 * {@code -Dinfra=containers} or {@code -Dinfra=embedded} overrides that choice, and fails at once if that kind is not available.
 * <p>
 * The broker is shared: one test finds the records that another left on a topic.
 */
public final class TestInfrastructure {

    /** JUnit's resource name of the servers. A test that stops one of them locks it, see {@link Alongside}. */
    public static final String LOCK = "dev.orderflow.eventing.test.TestInfrastructure";

    private static final Logger log = LoggerFactory.getLogger(TestInfrastructure.class);
    private static final String PROPERTY = "infra";

    private final Servers servers;
    private final AtomicInteger databases = new AtomicInteger();
    private final TopicReader topics;

    private TestInfrastructure(Servers servers) {
        this.servers = servers;
        this.topics = new TopicReader(servers.bootstrapServers());
    }

    /** Returns the infrastructure of this JVM. The first call starts it, which takes some seconds. */
    public static TestInfrastructure get() {
        return Shared.INSTANCE;
    }

    /** Creates an empty database whose name begins with {@code prefix}. */
    public Database createDatabase(String prefix) {
        var name = prefix + "_" + databases.incrementAndGet();
        servers.postgresAdmin().createDatabase(name, name);
        return new Database(servers.jdbcUrl(name), name, name);
    }

    /**
     * Has a database of {@link #createDatabase} owned by another user, so that its own can only read and write rows. Returns the
     * owner's access.
     */
    public Database separateOwner(Database database) {
        var name = database.username();
        servers.postgresAdmin().separateOwner(name, name);
        return new Database(database.jdbcUrl(), name + "_owner", name);
    }

    /**
     * Creates a copy of a database that {@link #createDatabase} created, with the same user. Nobody may be connected to the
     * original.
     */
    public Database copyDatabase(Database original) {
        var name = original.username() + "_" + databases.incrementAndGet();
        servers.postgresAdmin()
                .execute(String.format(
                        Locale.ROOT,
                        "CREATE DATABASE %s TEMPLATE %s OWNER %s",
                        name,
                        original.username(),
                        original.username()));
        return new Database(servers.jdbcUrl(name), original.username(), original.password());
    }

    /** Returns the address of the shared broker. */
    public String bootstrapServers() {
        return servers.bootstrapServers();
    }

    /**
     * Returns the settings of a producer of the broker, to be extended. It has one request in flight: a broker that does not know an
     * idempotent producer on a partition accepts any first batch, and one sent before it, which is sent again because the partition
     * was new, stays refused until its delivery time is over.
     */
    public Map<String, Object> producerSettings() {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return settings;
    }

    /** Returns a reader of the broker's topics. */
    public TopicReader topics() {
        return topics;
    }

    /** Stops PostgreSQL in an orderly way; returns when it is down. */
    public void stopPostgres() {
        servers.stopPostgres();
    }

    /** Ends PostgreSQL with SIGKILL. */
    public void killPostgres() {
        servers.killPostgres();
    }

    /** Starts PostgreSQL again, with its data and on its port; returns when it accepts connections. */
    public void startPostgres() {
        servers.startPostgres();
    }

    /** Stops the broker in an orderly way; returns when it is down. */
    public void stopKafka() {
        servers.stopKafka();
    }

    /** Ends the broker with SIGKILL. */
    public void killKafka() {
        servers.killKafka();
    }

    /** Starts the broker again, with its data and on its port; returns when it answers. */
    public void startKafka() {
        servers.startKafka();
    }

    /** Suspends the broker: it does not answer, but its connections stay open. {@link #thawKafka} must follow. */
    public void freezeKafka() {
        servers.freezeKafka();
    }

    /** Resumes the broker. */
    public void thawKafka() {
        servers.thawKafka();
    }

    static Servers choose(Optional<String> wanted) {
        return switch (wanted.orElse("").toLowerCase(Locale.ROOT)) {
            case "embedded" -> embedded("asked for by -D" + PROPERTY);
            case "containers" -> {
                DockerEngine.obstacle().ifPresent(obstacle -> {
                    throw new IllegalStateException("-D" + PROPERTY + "=containers was asked for, but " + obstacle);
                });
                yield containers("asked for by -D" + PROPERTY);
            }
            case "" ->
                DockerEngine.obstacle()
                        .map(TestInfrastructure::embedded)
                        .orElseGet(() -> containers("a Docker engine with the images answers"));
            default ->
                throw new IllegalArgumentException(
                        "-D" + PROPERTY + "=" + wanted.get() + " is neither \"containers\" nor \"embedded\"");
        };
    }

    private static Servers embedded(String reason) {
        log.info("infrastructure=embedded reason=\"{}\"", reason);
        return new EmbeddedServers();
    }

    private static Servers containers(String reason) {
        log.info("infrastructure=containers reason=\"{}\"", reason);
        return new ContainerServers();
    }

    /** Initialised by the first thread that asks; all others wait for it. */
    private static final class Shared {

        static final TestInfrastructure INSTANCE = start();

        private static TestInfrastructure start() {
            var servers =
                    choose(Optional.ofNullable(System.getProperty(PROPERTY)).filter(value -> !value.isBlank()));
            servers.start();
            return new TestInfrastructure(servers);
        }
    }
}
