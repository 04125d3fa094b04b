package dev.orderflow.events.shipping;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/** The parcel arrived. */
@EventType("dev.orderflow.shipment.delivered.v1")
public record ShipmentDelivered(
        UUID orderId,
        @Bounds(min = 1, max = Bounds.TRACKING_ID) String trackingId,
        Instant at) implements ShippingEvent {}
