package dev.orderflow.verify.evidence;

import java.net.URI;
import java.util.Map;

/** Where the evidence is. The services themselves are not asked. */
public record Sources(Map<Service, Database> databases, String bootstrapServers, URI sandbox) {

    /** A service's database. */
    public record Database(String url, String user, String password) {}
}
