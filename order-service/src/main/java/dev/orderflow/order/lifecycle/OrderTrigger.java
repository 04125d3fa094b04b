package dev.orderflow.order.lifecycle;

/** An occurrence that may change an order after it was placed. */
public enum OrderTrigger {
    STOCK_RESERVED,
    STOCK_REJECTED,
    PAYMENT_COMPLETED,
    PAYMENT_DECLINED,
    SHIPMENT_DISPATCHED,
    SHIPMENT_DELIVERED,
    SHIPMENT_LOST,
    /** The carrier has stopped the parcel, by itself or because the order was cancelled. */
    SHIPMENT_STOPPED,
    CUSTOMER_CANCELS,
    /** The time is over by which the order should have been paid. */
    DEADLINE_PASSES,
    /** The shop has waited for the payment long enough. */
    PAYMENT_TIMES_OUT
}
