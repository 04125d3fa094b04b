package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.wire.UndecodableEventException;
import org.jspecify.annotations.Nullable;

/** Thrown for consumed data that is not valid under its schema. Dead letters store the name of this class. */
final class SchemaViolationException extends UndecodableEventException {

    SchemaViolationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
