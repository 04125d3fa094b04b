package dev.orderflow.verify;

/** How a rule came out. */
public enum Verdict {
    /** Kept, for everything. */
    OK,
    /** Kept as far as the suite has come; the rest waits for a service that isn't running, or is too new to judge. */
    IN_FLIGHT,
    /** Not kept. */
    VIOLATED
}
