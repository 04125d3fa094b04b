package dev.orderflow.demo.verify.evidence;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/** Where the evidence is. The services themselves are not asked. */
public record Sources(Map<Service, Database> databases, String bootstrapServers, URI sandbox) {

    public static Sources of(Topology topology) {
        var databases = new EnumMap<Service, Database>(Service.class);
        for (var service : Service.values()) {
            var part = service.part();
            databases.put(service, new Database(topology.jdbcUrl(part), part.database(), part.database()));
        }
        return new Sources(databases, topology.bootstrapServers(), topology.uri(Part.SANDBOX));
    }

    /** A service's database. */
    public record Database(String url, String user, String password) {}
}
