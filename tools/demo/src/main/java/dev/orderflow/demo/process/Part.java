package dev.orderflow.demo.process;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Process of the suite, by its name in {@code ./demo kill} and {@code ./demo start}. */
public enum Part {
    POSTGRES(15432, null),
    KAFKA(19092, null),
    SANDBOX(8090, "tools/sandbox"),
    ORDER(8081, "order-service"),
    INVENTORY(8082, "inventory-service"),
    PAYMENT(8083, "payment-service"),
    SHIPPING(8084, "shipping-service"),
    LOYALTY(8085, "loyalty-service"),
    NOTIFICATION(8086, "notification-service");

    private final int defaultPort;
    private final @Nullable String folder;

    Part(int defaultPort, @Nullable String folder) {
        this.defaultPort = defaultPort;
        this.folder = folder;
    }

    /** Returns the part of that name; empty if there is none. */
    public static Optional<Part> named(String name) {
        return Arrays.stream(values()).filter(part -> part.label().equals(name)).findFirst();
    }

    /** {@return the services of the suite, which exchange events and own a database} */
    public static List<Part> services() {
        return Arrays.stream(values()).filter(Part::hasDatabase).toList();
    }

    /** {@return the name on the command line} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int defaultPort() {
        return defaultPort;
    }

    /** {@return the environment variable that sets the port} */
    public String portVariable() {
        return name() + "_PORT";
    }

    /** Returns the Maven module whose jar is run; empty for PostgreSQL and Kafka. */
    public Optional<String> module() {
        return folder().map(path -> path.substring(path.lastIndexOf('/') + 1));
    }

    /** {@return the folder of that module in the repository} */
    Optional<String> folder() {
        return Optional.ofNullable(folder);
    }

    /** Returns whether this part owns a database, named {@link #database()}. */
    public boolean hasDatabase() {
        return folder != null && this != SANDBOX;
    }

    /** Returns the name of its database, of the database's user, and in a demo of the user's password. */
    public String database() {
        return module().orElseThrow().replace('-', '_');
    }
}
