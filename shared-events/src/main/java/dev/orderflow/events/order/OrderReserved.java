package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;

/** All lines of the order are reserved, and payment may be taken. */
@EventType("dev.orderflow.order.reserved.v1")
public record OrderReserved(
        UUID orderId,

        @PersonalData(value = "to write to the customer", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(min = 1, max = Bounds.CUSTOMER_ID)
        String customerId,

        Money total,
        PaymentMethod paymentMethod,
        Instant at)
        implements OrderEvent {}
