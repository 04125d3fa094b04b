package dev.orderflow.events.order;

/** The customer's way to pay. {@link #CARD_DECLINED} is a card that the sandbox's provider always declines. */
public enum PaymentMethod {
    CARD,
    CARD_DECLINED
}
