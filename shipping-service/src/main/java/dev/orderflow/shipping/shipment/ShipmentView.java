package dev.orderflow.shipping.shipment;

import java.time.Instant;
import java.util.UUID;

/**
 * A shipment as a customer or an operator sees it.
 *
 * @param trackingId  the carrier's id of the shipment
 * @param stopRefused whether the order was cancelled after the parcel had left
 */
record ShipmentView(
        UUID orderId,
        ShipmentState state,
        String trackingId,
        boolean stopRefused,
        Instant dispatchedAt,
        Instant updatedAt) {

    static ShipmentView of(Shipment shipment) {
        return new ShipmentView(
                shipment.orderId(),
                shipment.state(),
                shipment.trackingId(),
                shipment.stopRefused(),
                shipment.createdAt(),
                shipment.updatedAt());
    }
}
