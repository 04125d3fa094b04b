package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/** The order ended without delivery. Consumers compensate their effects. */
@EventType(value = "dev.orderflow.order.cancelled.v1", intent = "order_cancellation")
public record OrderCancelled(
        UUID orderId,

        @PersonalData(value = "to write to the customer", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(min = 1, max = Bounds.CUSTOMER_ID)
        String customerId,

        CancellationReason reason,
        Instant at)
        implements OrderEvent {}
