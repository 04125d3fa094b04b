package dev.orderflow.events;

/** The topics of the suite, one per publishing service. */
public final class Topics {

    public static final String ORDER_EVENTS = "order-events";
    public static final String INVENTORY_EVENTS = "inventory-events";
    public static final String PAYMENT_EVENTS = "payment-events";

    private Topics() {}
}
