package dev.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker (KRaft, broker and controller in one) in a JVM of its own, listening on 127.0.0.1 only.
 * <p>
 * Its data folder survives {@link #stop()}, {@link #kill()} and the death of this program. Topics are not created on
 * demand: a misspelt name is an error, as it would be in production.
 */
public final class KafkaServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaServer.class);
    private static final String OPEN = "listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    /** The first version of Java with the option of that name, which earlier ones refuse. */
    private static final int UNSAFE_MEMORY_ACCESS = 23;

    private final KafkaSettings settings;
    private final int port;
    private @Nullable RecordedProcess process;

    public KafkaServer(KafkaSettings settings) {
        this.settings = settings;
        this.port = FreePort.orFind(settings.port());
    }

    /**
     * Starts the broker, formats a new data folder, and returns when the broker and its whole cluster answer clients.
     */
    public void start() {
        start(launched -> {});
    }

    /** Starts the broker like {@link #start()}; {@code launched} receives the process at once, before it is ready. */
    public void start(Consumer<RecordedProcess> launched) {
        try {
            Files.createDirectories(data());
            OwnerFiles.write(configuration(), properties());
            if (settings.security().isPresent()) {
                OwnerFiles.write(
                        users(), String.join("\n", settings.security().get().credentials()) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FreePort.require(port, "Kafka");
        var server = launch();
        server.recorded().ifPresent(recorded -> {
            process = recorded;
            launched.accept(recorded);
        });
        try (var admin = Admin.create(clientProperties())) {
            server.awaitReady(() -> answers(admin), START_TIMEOUT);
        }
        log.info("server=kafka state=started port={} folder={}", port, settings.folder());
    }

    /** Stops the broker in an orderly way. */
    public void stop() {
        stop(process);
    }

    /** Stops a broker that another program started and recorded. */
    public static void stop(@Nullable RecordedProcess server) {
        if (server != null) {
            server.terminate(STOP_TIMEOUT);
        }
    }

    /** Kills the broker with SIGKILL. */
    public void kill() {
        Optional.ofNullable(process).ifPresent(RecordedProcess::kill);
    }

    @Override
    public void close() {
        stop();
    }

    public boolean isRunning() {
        return process().filter(RecordedProcess::isAlive).isPresent();
    }

    public Optional<RecordedProcess> process() {
        return Optional.ofNullable(process);
    }

    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    private ServerProcess launch() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.jvmOptions());
        command.addAll(List.of(
                "-Dlogback.configurationFile=dev/orderflow/local/kafka-logback.xml",
                // Avoids warnings in the log about native access by Kafka's libraries.
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= UNSAFE_MEMORY_ACCESS) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of(
                Broker.class.getName(),
                configuration().toString(),
                data().toString(),
                settings.member().clusterId()));
        settings.security().ifPresent(security -> command.add(users().toString()));
        // The class path is in the environment, so that process listings stay readable.
        var environment = Map.of("CLASSPATH", settings.classPath());
        return ServerProcess.launch("Kafka", command, environment, settings.folder(), settings.log());
    }

    private String properties() {
        var member = settings.member();
        return String.format(
                Locale.ROOT,
                """
                process.roles=broker,controller
                node.id=%1$d
                controller.quorum.voters=%2$s
                controller.listener.names=CONTROLLER
                listeners=BROKER://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%4$d
                inter.broker.listener.name=BROKER
                log.dirs=%5$s
                auto.create.topics.enable=false
                default.replication.factor=%6$d
                min.insync.replicas=%7$d
                offsets.topic.replication.factor=%6$d
                offsets.topic.num.partitions=10
                transaction.state.log.replication.factor=%6$d
                transaction.state.log.min.isr=%7$d
                transaction.state.log.num.partitions=5
                share.coordinator.state.topic.replication.factor=%6$d
                share.coordinator.state.topic.min.isr=%7$d
                share.coordinator.state.topic.num.partitions=1
                # A killed broker can rejoin only after its previous session has expired.
                broker.session.timeout.ms=4000
                broker.heartbeat.interval.ms=500
                # Waiting for more members of a group pays off in large clusters only.
                group.initial.rebalance.delay.ms=0
                # Fits a small heap.
                log.cleaner.dedupe.buffer.size=8388608
                num.network.threads=2
                num.io.threads=4
                %8$s
                """,
                member.node(),
                member.voters(),
                port,
                member.controllerPort(),
                data(),
                member.replicas(),
                member.replicasInSync(),
                settings.security().map(KafkaSecurity::brokerProperties).orElse(OPEN));
    }

    /**
     * Gives the users of a secured broker these rights, unless they have them.
     *
     * @throws IllegalStateException if the broker does not accept them in time
     */
    public void grant(Collection<AclBinding> rights) {
        try (var admin = Admin.create(clientProperties())) {
            admin.createAcls(rights).all().get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not accept the rights of its users", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while granting rights", e);
        }
    }

    private Map<String, Object> clientProperties() {
        var properties = new HashMap<String, Object>(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "reconnect.backoff.ms",
                "100",
                "reconnect.backoff.max.ms",
                "200",
                "default.api.timeout.ms",
                "5000",
                "request.timeout.ms",
                "5000"));
        settings.security().ifPresent(security -> properties.putAll(security.client(KafkaSecurity.ADMIN)));
        return properties;
    }

    private boolean answers(Admin admin) {
        if (FreePort.isFree(port)) {
            return false; // Waiting avoids one warning of the client per attempt.
        }
        try {
            return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size()
                    == settings.member().brokers();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path data() {
        return settings.folder().resolve("data");
    }

    private Path users() {
        return settings.folder().resolve("users");
    }

    private Path configuration() {
        return settings.folder().resolve("server.properties");
    }
}
