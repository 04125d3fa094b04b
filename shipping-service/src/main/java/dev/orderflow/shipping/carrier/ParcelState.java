package dev.orderflow.shipping.carrier;

/** The state of a shipment, as the carrier says. */
public enum ParcelState {
    /** Has not left, and can be stopped. */
    ACCEPTED,
    IN_TRANSIT,
    DELIVERED,
    /** Will never arrive. */
    LOST,
    /** Stopped before it left. */
    STOPPED
}
