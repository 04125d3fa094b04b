package dev.orderflow.demo.client;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Part;
import java.net.URI;
import java.util.Optional;

/**
 * Addresses of the shop.
 *
 * @param orders order-service, such as {@code http://127.0.0.1:8081}
 * @param inventory inventory-service
 * @param loyalty loyalty-service
 * @param issuer of the access tokens that all require; empty if they require none
 */
public record ShopEndpoints(URI orders, URI inventory, URI loyalty, Optional<URI> issuer) {

    public static ShopEndpoints of(Addresses addresses) {
        return new ShopEndpoints(
                addresses.uri(Part.ORDER),
                addresses.uri(Part.INVENTORY),
                addresses.uri(Part.LOYALTY),
                addresses.issuer());
    }
}
