package dev.orderflow.sandbox.payment;

/** How a customer pays. A {@link #CARD_DECLINED} is always declined. */
enum PaymentMethod {
    CARD,
    CARD_DECLINED
}
