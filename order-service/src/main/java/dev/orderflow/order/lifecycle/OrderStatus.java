package dev.orderflow.order.lifecycle;

/** The place of an order on its way. Which status may follow which is up to {@link OrderLifecycle}. */
public enum OrderStatus {
    /** Accepted; its lines are not yet set aside. */
    PLACED,
    /** Set aside: all lines are in stock, and the order may be paid. */
    RESERVED,
    /** The total was captured. */
    PAID,
    /** Ended without delivery, for the order's reason. Final. */
    CANCELLED
}
