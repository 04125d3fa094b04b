package dev.orderflow.inventory.stock;

/** The state of an order's reservation. */
enum ReservationState {
    /** All lines are reserved. */
    RESERVED,
    /** Rejected, because at least one product was short; nothing is reserved. Final. */
    REJECTED,
    /** The order is paid; its lines are sold. */
    COMMITTED,
    /** The order was cancelled; its lines are available again. Final. */
    RELEASED
}
