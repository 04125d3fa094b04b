package dev.orderflow.eventing.test;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL and a real Kafka broker for the tests of this JVM: started when first asked for, shared by all
 * tests, gone with the JVM.
 * <p>
 * They run in containers where a Docker engine has the images, else as child processes from binaries on the class path.
 * {@code -Dinfra=containers} or {@code -Dinfra=embedded} decides otherwise; asking for what is not there fails at once.
 * <p>
 * The broker is shared: what one test leaves on a topic, another finds there.
 */
public final class TestInfrastructure {

    /** JUnit's name for the servers as a resource: a test that stops one of them locks it, see {@link Alongside}. */
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

    /** The infrastructure of this JVM; the first call starts it, which takes some seconds. */
    public static TestInfrastructure get() {
        return Shared.INSTANCE;
    }

    /** Creates an empty database of which {@code prefix} is the first part of the name. */
    public Database createDatabase(String prefix) {
        var name = prefix + "_" + databases.incrementAndGet();
        servers.postgresAdmin().createDatabase(name, name);
        return new Database(servers.jdbcUrl(name), name, name);
    }

    public String bootstrapServers() {
        return servers.bootstrapServers();
    }

    /** Reads topics of the broker. */
    public TopicReader topics() {
        return topics;
    }

    /** Stops PostgreSQL as its administrator would; returns when it is down. */
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

    /** Stops the broker as its administrator would; returns when it is down. */
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

    /** Lets the broker answer nobody any more, while its connections stay. {@link #thawKafka} must follow. */
    public void freezeKafka() {
        servers.freezeKafka();
    }

    /** Lets the broker go on where it was frozen. */
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
