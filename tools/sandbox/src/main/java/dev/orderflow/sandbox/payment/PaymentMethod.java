package dev.orderflow.sandbox.payment;

/** Payment methods of a customer. A {@link #CARD_DECLINED} is always declined. */
enum PaymentMethod {
    CARD,
    CARD_DECLINED
}
