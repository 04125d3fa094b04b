package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.EventMetadata;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event that is being handled on this thread. What a handler publishes is caused by it and belongs to the same flow.
 */
public final class CurrentEvent {

    private static final ThreadLocal<@Nullable EventMetadata> CURRENT = new ThreadLocal<>();

    private CurrentEvent() {}

    public static void run(EventMetadata event, Runnable handling) {
        var outer = CURRENT.get();
        CURRENT.set(event);
        try {
            handling.run();
        } finally {
            restore(outer);
        }
    }

    public static Optional<EventMetadata> get() {
        return Optional.ofNullable(CURRENT.get());
    }

    private static void restore(@Nullable EventMetadata outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
