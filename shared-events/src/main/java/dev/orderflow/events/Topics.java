package dev.orderflow.events;

/** The topics of the suite and the services that own them. Only the owner may publish on a topic. */
public final class Topics {

    /** Every change of an order's status; the topic that all other services consume. */
    public static final String ORDER_EVENTS = "order-events";
    /** The warehouse's answers. */
    public static final String INVENTORY_EVENTS = "inventory-events";
    /** The payment service's answers. */
    public static final String PAYMENT_EVENTS = "payment-events";
    /** The changes of the orders' shipments. */
    public static final String SHIPPING_EVENTS = "shipping-events";
    /** The changes of customers' points. */
    public static final String LOYALTY_EVENTS = "loyalty-events";
    /** Products whose stock has become low. */
    public static final String STOCK_LEVEL_EVENTS = "stock-level-events";
    /** Notifications for people who work in the shop. */
    public static final String NOTIFICATION_EVENTS = "notification-events";
    /** Times for which orders have waited. */
    public static final String ORDER_TIMERS = "order-timers";
    /** Erasures of customers' data. */
    public static final String CUSTOMERS = "customer-events";
    /** Rules that lower prices; compacted. */
    public static final String PROMOTION_RULES = "promotion-rules";

    /** Owner of {@link #ORDER_EVENTS}, {@link #ORDER_TIMERS}, {@link #CUSTOMERS} and {@link #PROMOTION_RULES}. */
    public static final String ORDER_SERVICE = "order-service";

    /** Owner of {@link #INVENTORY_EVENTS} and {@link #STOCK_LEVEL_EVENTS}. */
    public static final String INVENTORY_SERVICE = "inventory-service";

    /** Owner of {@link #PAYMENT_EVENTS}. */
    public static final String PAYMENT_SERVICE = "payment-service";

    /** Owner of {@link #SHIPPING_EVENTS}. */
    public static final String SHIPPING_SERVICE = "shipping-service";

    /** Owner of {@link #LOYALTY_EVENTS}. */
    public static final String LOYALTY_SERVICE = "loyalty-service";

    /** Owner of {@link #NOTIFICATION_EVENTS}. */
    public static final String NOTIFICATION_SERVICE = "notification-service";

    private Topics() {}
}
