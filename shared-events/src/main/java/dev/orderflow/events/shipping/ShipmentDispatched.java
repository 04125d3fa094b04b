package dev.orderflow.events.shipping;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/** The carrier accepted the order's parcel. */
@EventType("dev.orderflow.shipment.dispatched.v1")
public record ShipmentDispatched(
        UUID orderId,
        @Bounds(min = 1, max = Bounds.TRACKING_ID) String trackingId,
        Instant at) implements ShippingEvent {}
