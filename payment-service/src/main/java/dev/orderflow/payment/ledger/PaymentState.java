package dev.orderflow.payment.ledger;

/** What became of a payment. Only a captured one changes again: it may be refunded. */
public enum PaymentState {
    CAPTURED,
    DECLINED,
    REFUNDED
}
