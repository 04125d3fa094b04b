package dev.orderflow.events.order;

/** The way in which the customer pays. {@link #CARD_DECLINED} is a card that the sandbox's provider always declines. */
public enum PaymentMethod {
    CARD,
    CARD_DECLINED
}
