package dev.orderflow.events.order;

/** Reason of a cancellation. */
public enum CancellationReason {
    OUT_OF_STOCK,
    PAYMENT_DECLINED,
    CUSTOMER_REQUEST,
    /** The order was not paid by the time that its request named. */
    DEADLINE_PASSED,
    /** The carrier lost the parcel, so the goods do not come back. */
    PARCEL_LOST,
    /** The order was not paid within the time that the shop waits for payments. */
    PAYMENT_TIMEOUT,
    /** The carrier stopped the parcel, so the goods come back. */
    PARCEL_STOPPED
}
