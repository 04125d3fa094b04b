package dev.orderflow.sandbox.payment;

/** What the provider does with a call instead of its work. */
enum FaultAction {
    /** It declines the charge, whatever the card. */
    DECLINE,
    /** It answers 503. */
    FAIL,
    /** It does not answer. */
    HANG
}
