package dev.orderflow.demo.process;

import dev.orderflow.broker.BrokerRights;
import dev.orderflow.local.KafkaSecurity;
import dev.orderflow.local.PostgresSecurity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * TLS, users and passwords of broker and database after {@code ./demo up --secure}. Services get the files of their
 * passwords, and read them again.
 */
record ServerSecurity(Path home) {

    /** The users of the broker on Kubernetes. */
    private static final String USERS = "k8s/components/kafka-users/users.yaml";

    /** Class of the services that reads the password of their user. */
    private static final String PASSWORD_HANDLER = "dev.orderflow.eventing.kafka.ScramPasswordFile";

    /** Returns the rights of the broker's users in the repository {@code root}. */
    static BrokerRights rights(Path root) {
        return BrokerRights.read(root.resolve(USERS));
    }

    /** Returns the users of the broker; empty if it accepts everybody. */
    Optional<KafkaSecurity> broker() {
        return KafkaSecurity.find(brokerUsers());
    }

    /** Returns the users of the database and its issuer; empty if passwords are the users' names. */
    Optional<PostgresSecurity> database() {
        return PostgresSecurity.find(databaseUsers());
    }

    /**
     * Gives both servers users and TLS, unless they have them.
     *
     * @throws DemoException if a server has data already, and none of that
     */
    void create(Path brokerData, Path databaseData) {
        if (broker().isEmpty()) {
            requireNew("broker", brokerData);
        }
        if (database().isEmpty()) {
            requireNew("database", databaseData);
            PostgresSecurity.create(
                    databaseUsers(),
                    Part.services().stream()
                            .flatMap(part -> Stream.of(part.database(), owner(part)))
                            .toList());
        }
        if (broker().isEmpty()) {
            KafkaSecurity.create(
                    brokerUsers(),
                    Part.services().stream()
                            .flatMap(part -> part.module().stream())
                            .toList());
        }
    }

    /** {@return parameters of the server whose folder is {@code data}} */
    List<String> serverParameters(Path data) {
        return database().map(security -> security.serverParameters(data)).orElse(List.of());
    }

    String urlParameters() {
        return database().map(PostgresSecurity::urlParameters).orElse("");
    }

    /** {@return the user's password, which is its name on an open server} */
    String password(String user) {
        return database().map(security -> security.password(user)).orElse(user);
    }

    /** Adds the variables by which a service reads its passwords from files. */
    void addTo(Map<String, String> environment, Part service) {
        broker().map(security -> security.clientByFile(service.module().orElseThrow(), PASSWORD_HANDLER))
                .ifPresent(client -> client.forEach((name, value) -> environment.put(variable(name), value)));
        database().ifPresent(security -> {
            // Without a password the driver reads the file, at each connection.
            environment.put("SPRING_DATASOURCE_PASSWORD", "");
            environment.put(
                    "PGPASSFILE", security.passwordFile(service.database()).toString());
        });
    }

    List<Path> folders() {
        return List.of(brokerUsers(), databaseUsers());
    }

    static String owner(Part service) {
        return service.database() + "_owner";
    }

    private Path brokerUsers() {
        return home.resolve("kafka-users");
    }

    private Path databaseUsers() {
        return home.resolve("postgres-users");
    }

    /** Returns the variable of a service for a setting of Kafka's clients. */
    private static String variable(String setting) {
        return "SPRING_KAFKA_PROPERTIES_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static void requireNew(String server, Path data) {
        if (Files.exists(data)) {
            throw new DemoException("--secure needs a new " + server + ", and " + data
                    + " has data of one without users: ./demo down --wipe deletes them.");
        }
    }
}
