package dev.orderflow.demo.client.admin;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Part;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Base addresses of the operators' API: the services' management ports, and the sandbox.
 *
 * @param issuer of the access tokens that the services require; empty if they require none
 */
public record AdminEndpoints(Map<Part, URI> services, URI sandbox, Optional<URI> issuer) {

    public static AdminEndpoints of(Addresses addresses) {
        var services = new EnumMap<Part, URI>(Part.class);
        for (var part : Part.services()) {
            services.put(part, addresses.managementUri(part));
        }
        return new AdminEndpoints(services, addresses.uri(Part.SANDBOX), addresses.issuer());
    }
}
