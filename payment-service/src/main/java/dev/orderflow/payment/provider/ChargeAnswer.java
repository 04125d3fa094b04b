package dev.orderflow.payment.provider;

/** The provider's answer to a charge. A declined card is a regular answer, not an error. */
public sealed interface ChargeAnswer {

    /** The money was taken. */
    record Captured(String reference) implements ChargeAnswer {}

    /** The card's issuer refused; no money was taken. */
    record Declined(String reference, String reason) implements ChargeAnswer {}
}
