package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * A reserved order still waits for its payment. Its status does not change; consumers remind the customer.
 *
 * @param cancelledAt when it is cancelled at the earliest, unless it is paid before
 */
@EventType("dev.orderflow.order.unpaid.v1")
public record OrderUnpaid(
        UUID orderId,

        @PersonalData(value = "to write to the customer", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(min = 1, max = Bounds.CUSTOMER_ID)
        String customerId,

        Money total,
        Instant cancelledAt,
        Instant at)
        implements OrderEvent {}
