package dev.orderflow.shipping.shipment;

/** The state of a shipment. Only a dispatched one changes again. */
enum ShipmentState {
    /** The carrier has accepted the parcel. */
    DISPATCHED,
    DELIVERED,
    /** Stopped before the parcel left, as the order was cancelled. */
    STOPPED,
    /** The parcel will never arrive. */
    LOST
}
