package dev.orderflow.demo.client.admin;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Part;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/** Where the services and the sandbox are asked by an operator: on the ports on which they serve everyone. */
public record AdminEndpoints(Map<Part, URI> services, URI sandbox) {

    public static AdminEndpoints of(Addresses addresses) {
        var services = new EnumMap<Part, URI>(Part.class);
        for (var part : Part.services()) {
            services.put(part, addresses.uri(part));
        }
        return new AdminEndpoints(services, addresses.uri(Part.SANDBOX));
    }
}
