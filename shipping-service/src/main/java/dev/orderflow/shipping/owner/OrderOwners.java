package dev.orderflow.shipping.owner;

import dev.orderflow.edge.orders.OrderServiceClient;
import java.util.UUID;

/** Asks order-service whether the caller of this thread may see an order. Blocks; thread-safe. */
public class OrderOwners {

    private final OrderServiceClient orders;

    OrderOwners(OrderServiceClient orders) {
        this.orders = orders;
    }

    /**
     * Returns whether order-service shows the order to the caller.
     *
     * @throws dev.orderflow.edge.problem.Refusal when it does not say
     */
    public boolean mayCallerSee(UUID orderId) {
        return orders.shows("/api/orders/" + orderId);
    }
}
