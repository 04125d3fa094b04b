package dev.orderflow.demo.process;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Addresses of a suite's parts as seen from this machine, wherever they run. */
public interface Addresses {

    /** Returns the base of a part's REST API, such as {@code http://127.0.0.1:8081}. */
    URI uri(Part part);

    /** Returns the base of a part's management endpoints. */
    URI managementUri(Part part);

    /** Returns the database of a service; its user is {@link Part#database()}. */
    String jdbcUrl(Part service);

    /** Returns the password of the database's user. */
    String password(Part service);

    /** Returns the base of the issuer whose access tokens the services require; empty if they require none. */
    Optional<URI> issuer();

    /** Returns the value of Kafka's setting {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Returns the settings of Kafka's clients that may read everything, by their names in Kafka. */
    default Map<String, String> broker() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }
}
