package dev.orderflow.shipping.carrier;

import java.util.UUID;

/**
 * The carrier's answer about an order's shipment.
 *
 * @param trackingId the carrier's id of the shipment
 */
public record Parcel(UUID orderId, String trackingId, ParcelState state) {}
