package dev.orderflow.order.ordering;

/** Where an order is on its way. Which status may follow which is up to {@link OrderLifecycle}. */
public enum OrderStatus {
    /** Accepted; its lines are not yet set aside. */
    PLACED,
    /** All lines are in stock and set aside; it may be paid. */
    RESERVED,
    /** The total was captured. */
    PAID,
    /** Ended without delivery, for the order's reason. Final. */
    CANCELLED
}
