package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.NotRetryable;
import org.jspecify.annotations.Nullable;

/** Thrown for a record that this application cannot read as an event. */
@NotRetryable
public class UndecodableEventException extends RuntimeException {

    public UndecodableEventException(String message) {
        this(message, null);
    }

    public UndecodableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
