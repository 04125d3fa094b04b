package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;

/** The order's total was captured. */
@EventType("dev.orderflow.order.paid.v1")
public record OrderPaid(
        UUID orderId,
        @Bounds(min = 1, max = Bounds.CUSTOMER_ID) String customerId,
        Money total,
        Instant at) implements OrderEvent {}
