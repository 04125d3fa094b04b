package dev.orderflow.demo.process;

import java.net.URI;

/** Where the parts of a suite are reached from this machine, wherever they run. */
public interface Addresses {

    /** The base of a part's REST API, such as {@code http://127.0.0.1:8081}. */
    URI uri(Part part);

    /** The base of a part's management endpoints. */
    URI managementUri(Part part);

    /** The database of a service; its user is {@link Part#database()}. */
    String jdbcUrl(Part service);

    /** The password of that user. */
    String password(Part service);

    /** In the form of Kafka's setting of that name. */
    String bootstrapServers();
}
