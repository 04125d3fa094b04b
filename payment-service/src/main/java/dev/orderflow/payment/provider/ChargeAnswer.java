package dev.orderflow.payment.provider;

/** What the provider says to a charge. That it declines is an answer like the other, not an error. */
public sealed interface ChargeAnswer {

    /** The money was taken. */
    record Captured(String reference) implements ChargeAnswer {}

    /** The card's issuer refused; nothing was taken. */
    record Declined(String reference, String reason) implements ChargeAnswer {}
}
