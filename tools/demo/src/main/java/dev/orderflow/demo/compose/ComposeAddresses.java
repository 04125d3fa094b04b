package dev.orderflow.demo.compose;

import static java.util.stream.Collectors.joining;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.BrokerLogin;
import dev.orderflow.demo.process.DemoException;
import dev.orderflow.demo.process.Part;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Ports and passwords of the parts in {@code docker-compose.yml}. */
public final class ComposeAddresses implements Addresses {

    private static final int MANAGEMENT_OFFSET = 1000;
    private static final int POSTGRES_PORT = 5432;
    /** Port that the broker advertises to clients on this machine; containers use another one. */
    private static final int KAFKA_PORT = 19092;

    /** Folder of a broker with the issuer of its certificate and the users' passwords. */
    private static final String KEYS = "/etc/kafka-keys/";

    private final ComposeProject project;
    private final JsonNode services;

    public ComposeAddresses(ComposeProject project) {
        this.project = project;
        this.services = project.services();
    }

    /** Returns the name of a part in {@code docker-compose.yml}. */
    static String service(Part part) {
        return part.module().orElseGet(part::label);
    }

    @Override
    public URI uri(Part part) {
        return URI.create("http://" + published(part, part.defaultPort()));
    }

    @Override
    public URI managementUri(Part part) {
        return URI.create("http://" + published(part, part.defaultPort() + MANAGEMENT_OFFSET));
    }

    @Override
    public String jdbcUrl(Part service) {
        return "jdbc:postgresql://" + published(Part.POSTGRES, POSTGRES_PORT) + "/" + service.database();
    }

    @Override
    public String password(Part service) {
        return services.path(service(service))
                .path("environment")
                .path("SPRING_DATASOURCE_PASSWORD")
                .asString("")
                .replace("$$", "$"); // Removes Compose's escape of the dollar sign.
    }

    /** {@return the sandbox if the services are configured to trust an issuer} */
    @Override
    public Optional<URI> issuer() {
        var trusted = services.path(service(Part.ORDER)).path("environment").path("SECURITY_ISSUER");
        return trusted.asString("").isBlank() ? Optional.empty() : Optional.of(uri(Part.SANDBOX));
    }

    /** Returns all brokers, since any of them may be down. */
    @Override
    public String bootstrapServers() {
        return services.valueStream()
                .flatMap(service -> published(service, KAFKA_PORT).stream())
                .collect(joining(","));
    }

    @Override
    public Map<String, String> broker() {
        var broker = project.containers().stream()
                .filter(container -> container.isRunning()
                        && published(services.path(container.service()), KAFKA_PORT)
                                .isPresent())
                .findFirst()
                .orElseThrow(() -> new DemoException("No broker is running."));
        var issuer = project.read(broker.service(), KEYS + "ca.crt");
        var password = project.read(broker.service(), KEYS + BrokerLogin.USER);
        return new BrokerLogin(password, issuer).client(bootstrapServers());
    }

    private String published(Part part, int port) {
        return published(services.path(service(part)), port)
                .orElseThrow(() -> new DemoException("docker-compose.yml does not publish port " + port + " of "
                        + service(part) + "; check whether COMPOSE_FILE names another file"));
    }

    private static Optional<String> published(JsonNode service, int port) {
        return service.path("ports")
                .valueStream()
                .filter(mapping -> mapping.path("target").asInt() == port)
                .map(mapping -> mapping.path("host_ip").asString("127.0.0.1") + ":"
                        + mapping.path("published").asString())
                .findFirst();
    }
}
