package dev.orderflow.sandbox.carrier;

/** The state of a shipment, as the carrier's tracking shows it. */
enum ShipmentState {
    /** Waits to be released or to leave, and can still be stopped. */
    ACCEPTED,
    IN_TRANSIT,
    DELIVERED,
    /** Left and will never arrive. */
    LOST,
    /** Stopped before its parcel left. */
    STOPPED
}
