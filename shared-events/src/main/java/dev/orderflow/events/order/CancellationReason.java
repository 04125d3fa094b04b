package dev.orderflow.events.order;

/** Reason of a cancellation. */
public enum CancellationReason {
    OUT_OF_STOCK,
    PAYMENT_DECLINED,
    CUSTOMER_REQUEST
}
