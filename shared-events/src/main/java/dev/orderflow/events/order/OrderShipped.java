package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/**
 * The order's parcel was dispatched. The order can no longer be cancelled.
 *
 * @param trackingId the carrier's id of the shipment
 */
@EventType("dev.orderflow.order.shipped.v1")
public record OrderShipped(
        UUID orderId,

        @PersonalData(value = "to write to the customer", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(min = 1, max = Bounds.CUSTOMER_ID)
        String customerId,

        @Bounds(min = 1, max = Bounds.TRACKING_ID) String trackingId,
        Instant at)
        implements OrderEvent {}
