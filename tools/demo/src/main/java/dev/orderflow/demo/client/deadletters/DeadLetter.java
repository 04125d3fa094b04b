package dev.orderflow.demo.client.deadletters;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event that a service has given up on. What cannot be known of a record that is no event is null.
 *
 * @param exception  what the handler threw, its message and its innermost cause
 * @param deaths     1, and one more for each replay that failed
 * @param heldBehind later events of its key that wait for it
 */
record DeadLetter(
        String id,
        @Nullable String eventId,
        @Nullable String type,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String handler,
        @Nullable String exception,
        @Nullable String message,
        @Nullable String rootCause,
        int deaths,
        String state,
        Instant firstDiedAt,
        Instant diedAt,
        int heldBehind) {

    boolean isCalled(String name) {
        return id.equalsIgnoreCase(name) || name.equalsIgnoreCase(eventId);
    }

    String cause() {
        return Objects.requireNonNullElse(rootCause, failure());
    }

    String failure() {
        return message == null ? String.valueOf(exception) : exception + ": " + message;
    }
}
