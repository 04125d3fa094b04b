package dev.orderflow.events.order;

/** How the customer pays. {@link #CARD_DECLINED} is a card that the sandbox's provider always declines. */
public enum PaymentMethod {
    CARD,
    CARD_DECLINED
}
