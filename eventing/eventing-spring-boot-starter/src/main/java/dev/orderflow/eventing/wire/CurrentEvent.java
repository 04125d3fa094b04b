package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.EventMetadata;
import java.util.Optional;

/**
 * The event that is being handled on this thread. It is the cause of all events that the handler publishes, which belong to the
 * same flow.
 */
public final class CurrentEvent {

    private static final ScopedValue<EventMetadata> CURRENT = ScopedValue.newInstance();

    private CurrentEvent() {}

    public static void run(EventMetadata event, Runnable handling) {
        ScopedValue.where(CURRENT, event).run(handling);
    }

    public static Optional<EventMetadata> get() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
