package dev.orderflow.events.shipping;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/** The order was cancelled, and its parcel was stopped before it left. */
@EventType("dev.orderflow.shipment.stopped.v1")
public record ShipmentStopped(
        UUID orderId,
        @Bounds(min = 1, max = Bounds.TRACKING_ID) String trackingId,
        Instant at) implements ShippingEvent {}
