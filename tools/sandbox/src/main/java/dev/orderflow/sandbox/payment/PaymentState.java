package dev.orderflow.sandbox.payment;

enum PaymentState {
    CAPTURED,
    DECLINED,
    REFUNDED
}
