package dev.orderflow.events.order;

/** The reason why an order was cancelled. */
public enum CancellationReason {
    OUT_OF_STOCK,
    PAYMENT_DECLINED,
    CUSTOMER_REQUEST
}
