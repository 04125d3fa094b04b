package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/** The order's parcel arrived. */
@EventType("dev.orderflow.order.delivered.v1")
public record OrderDelivered(
        UUID orderId,

        @PersonalData(value = "to write to the customer", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(min = 1, max = Bounds.CUSTOMER_ID)
        String customerId,

        Instant at)
        implements OrderEvent {}
