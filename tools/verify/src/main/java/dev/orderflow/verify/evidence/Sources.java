package dev.orderflow.verify.evidence;

import java.net.URI;
import java.util.Map;

/** Addresses of the evidence. The services themselves are not asked. */
public record Sources(Map<Service, Database> databases, String bootstrapServers, URI sandbox) {
    public record Database(String url, String user, String password) {}
}
