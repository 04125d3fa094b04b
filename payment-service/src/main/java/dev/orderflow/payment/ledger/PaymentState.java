package dev.orderflow.payment.ledger;

/** The state of a payment. Only a captured payment changes again: it may be refunded. */
enum PaymentState {
    CAPTURED,
    DECLINED,
    REFUNDED
}
