package dev.orderflow.verify;

/** Verdict on a rule. */
public enum Verdict {
    /** The rule holds for everything. */
    OK,
    /** The rule holds as far as processing has come; the rest waits for a stopped service or is too new to judge. */
    IN_FLIGHT,
    /** The rule is violated. */
    VIOLATED
}
