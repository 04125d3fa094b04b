package dev.orderflow.demo.client;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import java.net.URI;

/**
 * Where the shop is reached.
 *
 * @param orders    order-service, such as {@code http://127.0.0.1:8081}
 * @param inventory inventory-service
 */
public record ShopEndpoints(URI orders, URI inventory) {

    public static ShopEndpoints of(Topology topology) {
        return new ShopEndpoints(topology.uri(Part.ORDER), topology.uri(Part.INVENTORY));
    }
}
