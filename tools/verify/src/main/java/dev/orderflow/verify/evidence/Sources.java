package dev.orderflow.verify.evidence;

import java.net.URI;
import java.util.Map;

/**
 * Addresses of the evidence. The services themselves are not asked.
 *
 * @param broker settings of Kafka's clients, by their names in Kafka
 */
public record Sources(Map<Service, Database> databases, Map<String, String> broker, URI sandbox) {

    public Sources {
        databases = Map.copyOf(databases);
        broker = Map.copyOf(broker);
    }

    public record Database(String url, String user, String password) {}
}
