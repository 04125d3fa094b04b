package dev.orderflow.notification.mail;

import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;

/** The status of an order. Each status has its own e-mail. */
enum OrderStatus {
    PLACED,
    RESERVED,
    PAID,
    SHIPPED,
    DELIVERED,
    CANCELLED;

    static OrderStatus after(OrderEvent event) {
        return switch (event) {
            case OrderPlaced _, OrderPlacedV2 _ -> PLACED;
            case OrderReserved _ -> RESERVED;
            case OrderPaid _ -> PAID;
            case OrderShipped _ -> SHIPPED;
            case OrderDelivered _ -> DELIVERED;
            case OrderCancelled _ -> CANCELLED;
        };
    }
}
