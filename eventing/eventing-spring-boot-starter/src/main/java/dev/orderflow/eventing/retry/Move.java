package dev.orderflow.eventing.retry;

import org.jspecify.annotations.Nullable;

/** What was done with an event that could not take effect, told once it is committed. */
public sealed interface Move {

    /** The event. */
    SourceRecord source();

    /** The event's type. */
    default String type() {
        return source().type();
    }

    /**
     * Goes to a retry topic for another attempt.
     *
     * @param handler null when the record could not be read so far as to know it
     * @param cause   why, for the log
     */
    record Retried(SourceRecord source, @Nullable String handler, int level, String cause) implements Move {}

    /** Waits behind an earlier event of its stream. */
    record Held(SourceRecord source) implements Move {}

    /**
     * Became a dead letter.
     *
     * @param handler null when the record could not be read so far as to know it
     * @param cause   why, for the log
     */
    record Died(SourceRecord source, @Nullable String handler, String cause) implements Move {}
}
