package dev.orderflow.notification.mail;

import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;

/** The occasions of e-mails: the statuses of an order, and a reminder. Each has its own e-mail. */
enum OrderStatus {
    PLACED,
    RESERVED,
    /** No status: the order is still reserved, and its customer is reminded to pay. */
    UNPAID,
    PAID,
    SHIPPED,
    DELIVERED,
    CANCELLED;

    static OrderStatus after(OrderEvent event) {
        return switch (event) {
            case OrderPlaced _, OrderPlacedV2 _ -> PLACED;
            case OrderReserved _ -> RESERVED;
            case OrderUnpaid _ -> UNPAID;
            case OrderPaid _ -> PAID;
            case OrderShipped _ -> SHIPPED;
            case OrderDelivered _ -> DELIVERED;
            case OrderCancelled _ -> CANCELLED;
        };
    }
}
