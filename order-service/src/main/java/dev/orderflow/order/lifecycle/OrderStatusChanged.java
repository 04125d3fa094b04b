package dev.orderflow.order.lifecycle;

import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of status, published within this process by the transaction that makes it. Listeners run after its commit.
 */
public record OrderStatusChanged(UUID orderId, OrderStatus status) {

    /** The change that {@code event} reports to other services; empty if it reports none. */
    public static Optional<OrderStatusChanged> of(OrderEvent event) {
        return switch (event) {
            case OrderPlaced _, OrderPlacedV2 _ -> to(OrderStatus.PLACED, event);
            case OrderReserved _ -> to(OrderStatus.RESERVED, event);
            case OrderPaid _ -> to(OrderStatus.PAID, event);
            case OrderShipped _ -> to(OrderStatus.SHIPPED, event);
            case OrderDelivered _ -> to(OrderStatus.DELIVERED, event);
            case OrderCancelled _ -> to(OrderStatus.CANCELLED, event);
            case OrderUnpaid _, OrderFollowUpDue _ -> Optional.empty();
        };
    }

    private static Optional<OrderStatusChanged> to(OrderStatus status, OrderEvent event) {
        return Optional.of(new OrderStatusChanged(event.orderId(), status));
    }
}
