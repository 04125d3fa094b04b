package dev.orderflow.notification.mail;

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

/** Occasion of an e-mail: a status of an order, a reminder, or the follow-up of a delivery. Each has its own e-mail. */
enum OrderStatus {
    PLACED,
    RESERVED,
    /** No status: the order is still reserved, and its customer is reminded to pay. */
    UNPAID,
    PAID,
    SHIPPED,
    DELIVERED,
    /** No status: the order was delivered some time ago. */
    FOLLOW_UP,
    CANCELLED;

    /** Returns whether its e-mail names the points that the order has earned. */
    boolean namesPoints() {
        return this == SHIPPED || this == DELIVERED;
    }

    static OrderStatus after(OrderEvent event) {
        return switch (event) {
            case OrderPlaced _, OrderPlacedV2 _ -> PLACED;
            case OrderReserved _ -> RESERVED;
            case OrderUnpaid _ -> UNPAID;
            case OrderPaid _ -> PAID;
            case OrderShipped _ -> SHIPPED;
            case OrderDelivered _ -> DELIVERED;
            case OrderFollowUpDue _ -> FOLLOW_UP;
            case OrderCancelled _ -> CANCELLED;
        };
    }
}
