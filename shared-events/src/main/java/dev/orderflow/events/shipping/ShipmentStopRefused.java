package dev.orderflow.events.shipping;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/** The order was cancelled too late: its parcel has left. */
@EventType("dev.orderflow.shipment.stoprefused.v1")
public record ShipmentStopRefused(
        UUID orderId,
        @Bounds(min = 1, max = Bounds.TRACKING_ID) String trackingId,
        Instant at) implements ShippingEvent {}
