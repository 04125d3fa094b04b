package dev.orderflow.sandbox.payment;

/** What became of a payment. */
enum PaymentState {
    CAPTURED,
    DECLINED,
    REFUNDED
}
