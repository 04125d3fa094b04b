package dev.orderflow.order.lifecycle;

import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import java.util.UUID;

/**
 * A change of status, published within this process by the transaction that makes it. Listeners run after its commit.
 */
public record OrderStatusChanged(UUID orderId, OrderStatus status) {

    /** The change that {@code event} reports to other services. */
    public static OrderStatusChanged of(OrderEvent event) {
        var status = switch (event) {
            case OrderPlaced _, OrderPlacedV2 _ -> OrderStatus.PLACED;
            case OrderReserved _ -> OrderStatus.RESERVED;
            case OrderPaid _ -> OrderStatus.PAID;
            case OrderShipped _ -> OrderStatus.SHIPPED;
            case OrderDelivered _ -> OrderStatus.DELIVERED;
            case OrderCancelled _ -> OrderStatus.CANCELLED;
        };
        return new OrderStatusChanged(event.orderId(), status);
    }
}
