package dev.orderflow.sandbox.carrier;

import java.time.Instant;

/**
 * Carrier's response about a shipment.
 *
 * @param trackingId the carrier's id of the shipment
 * @param at when the state began
 */
record Tracking(String orderId, String trackingId, ShipmentState state, Instant at) {}
