package dev.orderflow.events;

/** The topics of the suite, one per publishing service, and those services: no other source is believed on them. */
public final class Topics {

    public static final String ORDER_EVENTS = "order-events";
    public static final String INVENTORY_EVENTS = "inventory-events";
    public static final String PAYMENT_EVENTS = "payment-events";

    /** Owner of {@link #ORDER_EVENTS}. */
    public static final String ORDER_SERVICE = "order-service";

    /** Owner of {@link #INVENTORY_EVENTS}. */
    public static final String INVENTORY_SERVICE = "inventory-service";

    /** Owner of {@link #PAYMENT_EVENTS}. */
    public static final String PAYMENT_SERVICE = "payment-service";

    private Topics() {}
}
