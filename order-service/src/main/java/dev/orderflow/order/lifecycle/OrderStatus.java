package dev.orderflow.order.lifecycle;

/** The status of an order. {@link OrderLifecycle} decides which status may follow. */
public enum OrderStatus {
    /** Accepted; its stock is not yet reserved. */
    PLACED,
    /** All lines are reserved, and payment may be taken. */
    RESERVED,
    /** The total was captured. */
    PAID,
    /** Ended without delivery; the order's reason says why. Final. */
    CANCELLED;

    /** Returns whether nothing more happens by itself. A customer may still cancel a paid order. */
    public boolean isFinal() {
        return switch (this) {
            case PLACED, RESERVED -> false;
            case PAID, CANCELLED -> true;
        };
    }
}
