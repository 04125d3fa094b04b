package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The order was accepted, with the catalog's prices. */
@EventType(value = "dev.orderflow.order.placed.v1", intent = "order_placement")
public record OrderPlaced(
        UUID orderId,

        @PersonalData(value = "to write to the customer", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(min = 1, max = Bounds.CUSTOMER_ID)
        String customerId,

        @Bounds(min = 1, max = Bounds.LINES) List<OrderLine> lines,
        Money total,
        PaymentMethod paymentMethod,
        Instant at)
        implements OrderEvent {}
