package dev.orderflow.order.lifecycle;

/** The status of an order. {@link OrderLifecycle} decides which status may follow. */
public enum OrderStatus {
    /** Accepted; its stock is not yet reserved. */
    PLACED,
    /** All lines are reserved, and payment may be taken. */
    RESERVED,
    /** The total was captured. */
    PAID,
    /** The parcel was dispatched. The order can no longer be cancelled. */
    SHIPPED,
    /** The parcel arrived. Final. */
    DELIVERED,
    /** Ended without delivery; the order's reason says why. Final. */
    CANCELLED;

    /** Returns whether the order is paid or cancelled, so that its placing has a result. */
    public boolean isSettled() {
        return switch (this) {
            case PLACED, RESERVED -> false;
            case PAID, SHIPPED, DELIVERED, CANCELLED -> true;
        };
    }
}
