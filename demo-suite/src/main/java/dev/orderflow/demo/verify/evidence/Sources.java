package dev.orderflow.demo.verify.evidence;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Part;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/** Where the evidence is. The services themselves are not asked. */
public record Sources(Map<Service, Database> databases, String bootstrapServers, URI sandbox) {

    public static Sources of(Addresses addresses) {
        var databases = new EnumMap<Service, Database>(Service.class);
        for (var service : Service.values()) {
            var part = service.part();
            databases.put(service, new Database(addresses.jdbcUrl(part), part.database(), addresses.password(part)));
        }
        return new Sources(databases, addresses.bootstrapServers(), addresses.uri(Part.SANDBOX));
    }

    /** A service's database. */
    public record Database(String url, String user, String password) {}
}
