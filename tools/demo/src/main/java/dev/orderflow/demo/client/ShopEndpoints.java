package dev.orderflow.demo.client;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Part;
import java.net.URI;

/**
 * Addresses of the shop.
 *
 * @param orders order-service, such as {@code http://127.0.0.1:8081}
 * @param inventory inventory-service
 */
public record ShopEndpoints(URI orders, URI inventory) {

    public static ShopEndpoints of(Addresses addresses) {
        return new ShopEndpoints(addresses.uri(Part.ORDER), addresses.uri(Part.INVENTORY));
    }
}
