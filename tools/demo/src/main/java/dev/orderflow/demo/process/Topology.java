package dev.orderflow.demo.process;

import dev.orderflow.local.KafkaSecurity;
import dev.orderflow.local.PostgresSecurity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole suite on one page: what runs, on which ports, with which settings, and where it keeps what.
 *
 * <pre>
 *   sandbox (payment provider, carrier, mail sink, issuer of access tokens)
 *      ▲ HTTP     ▲ HTTP                ▲ SMTP
 *   payment    shipping   inventory  notification ─► order ◄── REST, gRPC    loyalty ─► order
 *      │          │           │           │            │                        │
 *      └──────────┴───────────┴── Kafka ──┴────────────┴────────────────────────┘
 *                    each with a database of its own in PostgreSQL
 * </pre>
 *
 * @param root the repository, whose modules' jars are run
 * @param home data, logs and process ids
 * @param builds the services' unpacked programs and AOT caches, which suites can share
 * @param jvmOptions of each service
 * @param secured whether the services require access tokens of the sandbox
 */
public record Topology(Path root, Path home, Path builds, Ports ports, List<String> jvmOptions, boolean secured)
        implements Addresses {

    /**
     * JVM options small enough for the whole suite to fit beside a browser, and quick to start:
     * docs/performance.md has the numbers.
     */
    private static final List<String> SMALL_JVM = List.of(
            "-Xms48m",
            "-Xmx160m",
            // Fewer collections during the start promote less garbage.
            "-XX:NewSize=16m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            // Returns memory of the compiler's C heap after a few seconds (in milliseconds).
            "-XX:TrimNativeHeapInterval=5000",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    public Topology {
        root = root.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
        builds = builds.toAbsolutePath().normalize();
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** Creates a topology with the options of a JVM that shares a small machine with many others. */
    public Topology(Path root, Path home, Ports ports) {
        this(root, home, home, ports, SMALL_JVM, AccessControl.isOn());
    }

    /** Returns the same suite with {@code more} options for the services' JVMs; of contradictory ones the later counts. */
    public Topology withJvmOptions(String... more) {
        var all = new ArrayList<>(jvmOptions);
        all.addAll(List.of(more));
        return new Topology(root, home, builds, ports, all, secured);
    }

    /** Returns the same suite elsewhere: other data, logs and ports, with the same programs and caches. */
    public Topology elsewhere(Path otherHome, Ports otherPorts) {
        return new Topology(root, otherHome, builds, otherPorts, jvmOptions, secured);
    }

    /** Returns the same suite with the programs and caches of {@code folder}. */
    public Topology withBuilds(Path folder) {
        return new Topology(root, home, folder, ports, jvmOptions, secured);
    }

    /** Returns the same suite, whose services require access tokens of the sandbox, or do not. */
    public Topology secured(boolean required) {
        return new Topology(root, home, builds, ports, jvmOptions, required);
    }

    /** Returns the topology of {@code ./demo}: ports and the folder {@code DEMO_HOME} from the environment. */
    public static Topology fromEnvironment(Path root, Map<String, String> environment) {
        var home = Optional.ofNullable(environment.get("DEMO_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElse(root.resolve(".demo"));
        return new Topology(root, home, Ports.fromEnvironment(environment));
    }

    /** Returns a topology on free ports, with its state in {@code home}. */
    public static Topology onFreePorts(Path home) {
        return new Topology(findRoot(Path.of("")), home, Ports.free());
    }

    /** Returns the repository that contains {@code folder}. */
    public static Path findRoot(Path folder) {
        for (var candidate = folder.toAbsolutePath(); candidate != null; candidate = candidate.getParent()) {
            if (Files.exists(candidate.resolve("tools/demo/pom.xml"))) {
                return candidate;
            }
        }
        throw new DemoException("Run this inside the repository: " + folder.toAbsolutePath() + " is not.");
    }

    /** Returns the order of starting: each stage needs the stages before it; the parts of one stage start concurrently. */
    List<List<Part>> stages() {
        return List.of(
                List.of(Part.POSTGRES, Part.KAFKA, Part.SANDBOX),
                List.of(Part.ORDER, Part.INVENTORY, Part.PAYMENT, Part.SHIPPING, Part.LOYALTY, Part.NOTIFICATION));
    }

    /** Returns the environment variables that override a part's own configuration. */
    Map<String, String> environmentOf(Part part) {
        var environment = new HashMap<String, String>();
        // Enables the endpoints of ./demo fault, which no other profile has.
        environment.put("SPRING_PROFILES_ACTIVE", "demo");
        environment.put("SERVER_PORT", Integer.toString(ports.of(part)));
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.managementOf(part)));
        environment.put("EVENTING_ADMIN_ENABLED", "true");
        if (part.hasDatabase()) {
            environment.put("SPRING_DATASOURCE_URL", jdbcUrl(part));
            environment.put("SPRING_DATASOURCE_USERNAME", part.database());
            environment.put("SPRING_DATASOURCE_PASSWORD", password(part));
            environment.put("SPRING_FLYWAY_USER", ServerSecurity.owner(part));
            environment.put("SPRING_FLYWAY_PASSWORD", ownerPassword(part));
            // Each connection is a process of PostgreSQL with some MiB of its own, so few idle ones are kept.
            environment.put("SPRING_DATASOURCE_HIKARI_MINIMUM_IDLE", "2");
            environment.put("SPRING_DATASOURCE_HIKARI_IDLE_TIMEOUT", "60000");
            environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
            servers().addTo(environment, part);
            if (!secured) {
                environment.put("EDGE_SECURITY_ENABLED", "false");
            }
            environment.put("SECURITY_ISSUER", issuerName());
            environment.put("SECURITY_JWK_SET", uri(Part.SANDBOX) + "/oauth2/jwks");
            environment.put("EDGE_SECURITY_PLATFORMTENANT", "demo");
        }
        switch (part) {
            case ORDER -> {
                environment.put("ORDERS_GRPC_PORT", Integer.toString(ports.grpc()));
                environment.put("ORDERS_CUSTOMERS_MAILBOXDOMAIN", "example.com");
                // Nobody watches for a quarter of an hour.
                environment.put("ORDERS_PAYMENT_TIMEOUT", "30s");
                environment.put("ORDERS_PAYMENT_REMINDER", "15s");
            }
            case PAYMENT ->
                environment.put("PAYMENT_PROVIDER_URL", uri(Part.SANDBOX).toString());
            case SHIPPING -> {
                environment.put("SHIPPING_CARRIER_URL", uri(Part.SANDBOX).toString());
                environment.put("SHIPPING_ORDERS_URL", uri(Part.ORDER).toString());
                environment.put("SHIPPING_TRACKING_INTERVAL", "1s");
            }
            case LOYALTY ->
                environment.put("LOYALTY_ORDERS_URL", uri(Part.ORDER).toString());
            case NOTIFICATION -> {
                environment.put("SPRING_MAIL_HOST", "127.0.0.1");
                environment.put("SPRING_MAIL_PORT", Integer.toString(ports.smtp()));
                environment.put("NOTIFICATION_CUSTOMERS_URL", uri(Part.ORDER).toString());
                environment.put("NOTIFICATION_CUSTOMERS_TOKENURI", uri(Part.SANDBOX) + "/oauth2/token");
                environment.put("NOTIFICATION_CUSTOMERS_CLIENTSECRET", "notification-secret");
            }
            case SANDBOX -> {
                environment.put("SANDBOX_SMTP_PORT", Integer.toString(ports.smtp()));
                environment.put("SANDBOX_DATA", data(part).toString());
                environment.put("SANDBOX_ISSUER_URI", issuerName());
            }
            case POSTGRES, KAFKA, INVENTORY -> {}
        }
        return environment;
    }

    @Override
    public URI uri(Part part) {
        return URI.create("http://127.0.0.1:" + ports.of(part));
    }

    @Override
    public URI managementUri(Part part) {
        return URI.create("http://127.0.0.1:" + ports.managementOf(part));
    }

    @Override
    public String jdbcUrl(Part service) {
        return "jdbc:postgresql://127.0.0.1:" + ports.of(Part.POSTGRES) + "/" + service.database()
                + servers().urlParameters();
    }

    @Override
    public String password(Part service) {
        return servers().password(service.database());
    }

    /** {@return the password of the owner of the service's tables} */
    public String ownerPassword(Part service) {
        return servers().password(ServerSecurity.owner(service));
    }

    @Override
    public Optional<URI> issuer() {
        return secured ? Optional.of(uri(Part.SANDBOX)) : Optional.empty();
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.of(Part.KAFKA);
    }

    @Override
    public Map<String, String> broker() {
        var client = new HashMap<String, String>();
        brokerSecurity().ifPresent(security -> client.putAll(security.client(KafkaSecurity.ADMIN)));
        client.put("bootstrap.servers", bootstrapServers());
        return client;
    }

    /** Returns the users of the broker; empty if it accepts everybody. */
    public Optional<KafkaSecurity> brokerSecurity() {
        return servers().broker();
    }

    /** Returns the users of the database and its issuer; empty if passwords are the users' names. */
    public Optional<PostgresSecurity> databaseSecurity() {
        return servers().database();
    }

    /**
     * Gives broker and database users and TLS.
     *
     * @throws DemoException if one has data already, and no users
     */
    void secureServers() {
        servers().create(data(Part.KAFKA), data(Part.POSTGRES));
    }

    /** {@return further parameters of PostgreSQL} */
    List<String> databaseParameters() {
        return servers().serverParameters(data(Part.POSTGRES));
    }

    private ServerSecurity servers() {
        return new ServerSecurity(home);
    }

    /** Returns the claim {@code iss} of the sandbox's tokens. */
    private String issuerName() {
        return "http://localhost:" + ports.of(Part.SANDBOX);
    }

    Path jar(Part part) {
        var folder = root.resolve(part.folder().orElseThrow());
        return folder.resolve("target/" + part.module().orElseThrow() + "-0.1.0-SNAPSHOT.jar");
    }

    /** {@return the folder whose content survives a restart} */
    public Path data(Part part) {
        return home.resolve("data").resolve(part.label());
    }

    public Path log(Part part) {
        return home.resolve("logs").resolve(part.label() + ".log");
    }

    Path run() {
        return home.resolve("run");
    }

    /** {@return the folder of the services' unpacked programs} */
    Path programs() {
        return builds.resolve("programs");
    }

    /** {@return the folder of the services' AOT caches} */
    Path caches() {
        return builds.resolve("aot");
    }

    /** Returns the folders that a running suite creates in its home folder, without those derived from a build. */
    List<Path> folders() {
        return Stream.concat(Stream.of(home.resolve("data"), home.resolve("logs"), run()), servers().folders().stream())
                .toList();
    }
}
