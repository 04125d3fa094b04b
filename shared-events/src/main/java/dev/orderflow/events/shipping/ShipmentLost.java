package dev.orderflow.events.shipping;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/** The carrier lost the parcel. */
@EventType("dev.orderflow.shipment.lost.v1")
public record ShipmentLost(
        UUID orderId,
        @Bounds(min = 1, max = Bounds.TRACKING_ID) String trackingId,
        Instant at) implements ShippingEvent {}
