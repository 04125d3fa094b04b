package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/**
 * Some time has passed since the delivery of an order. Its status does not change; consumers ask the customer whether all is well.
 *
 * @param deliveredAt when the order was delivered
 * @param at          when the event was due
 */
@EventType("dev.orderflow.order.followupdue.v1")
public record OrderFollowUpDue(
        UUID orderId,

        @PersonalData(value = "to write to the customer", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(min = 1, max = Bounds.CUSTOMER_ID)
        String customerId,

        Instant deliveredAt,
        Instant at)
        implements OrderEvent {}
