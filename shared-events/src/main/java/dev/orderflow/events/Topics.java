package dev.orderflow.events;

/** The topics of the suite, and the services that own them: no other source may publish on a topic. */
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
