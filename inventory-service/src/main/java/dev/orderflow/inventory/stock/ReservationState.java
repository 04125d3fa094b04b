package dev.orderflow.inventory.stock;

/** What became of an order's wish for stock. */
enum ReservationState {
    /** All lines are set aside. */
    RESERVED,
    /** At least one product was short; nothing is set aside. Final. */
    REJECTED,
    /** The order is paid; its lines are sold. */
    COMMITTED,
    /** The order was cancelled; its lines are available again. Final. */
    RELEASED
}
