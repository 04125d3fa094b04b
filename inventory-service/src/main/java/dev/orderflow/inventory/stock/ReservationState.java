package dev.orderflow.inventory.stock;

/** The state of an order's reservation. */
enum ReservationState {
    /** Set aside: all lines. */
    RESERVED,
    /** Rejected, since at least one product was short; nothing is set aside. Final. */
    REJECTED,
    /** The order is paid; its lines are sold. */
    COMMITTED,
    /** The order was cancelled; its lines are available again. Final. */
    RELEASED
}
