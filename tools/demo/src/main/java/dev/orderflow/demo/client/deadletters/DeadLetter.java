package dev.orderflow.demo.client.deadletters;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Event that a service has given up. Fields that a record which is not an event cannot have are null.
 *
 * @param exception the handler's exception, its message and its innermost cause
 * @param deaths 1, and one more for each failed replay
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
        @Nullable String tenant,
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
