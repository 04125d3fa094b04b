package dev.orderflow.sandbox.payment;

/** Provider's reaction to a call that a fault hits. */
enum FaultAction {
    /** Declines the charge, whatever the card. */
    DECLINE,
    /** Responds 503. */
    FAIL,
    /** Does not respond. */
    HANG
}
