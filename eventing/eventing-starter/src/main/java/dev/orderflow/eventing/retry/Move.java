package dev.orderflow.eventing.retry;

/** What was done with an event that could not take effect, told once it is committed. */
public sealed interface Move {

    /** The event's type. */
    String type();

    /**
     * Goes to a retry topic for another attempt.
     *
     * @param cause why, for the log
     */
    record Retried(String type, int level, String cause) implements Move {}

    /** Waits behind an earlier event of its stream. */
    record Held(String type) implements Move {}

    /**
     * Became a dead letter.
     *
     * @param cause why, for the log
     */
    record Died(String type, String cause) implements Move {}
}
