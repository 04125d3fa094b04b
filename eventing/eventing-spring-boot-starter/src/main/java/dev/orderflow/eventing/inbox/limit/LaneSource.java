package dev.orderflow.eventing.inbox.limit;

import dev.orderflow.eventing.wire.ReceivedEvent;
import org.jspecify.annotations.Nullable;

/** A reason for events to wait in their topic. Thread-safe. */
public interface LaneSource {

    /** Returns whether no event has a lane at present. Called for each event, before {@link #laneOf}. */
    boolean isIdle();

    /** Returns the event's lane; null if it has none. Reads its attributes only. */
    @Nullable
    Lane laneOf(ReceivedEvent event);

    /** Checks the configuration before events are consumed. */
    default void check() {}
}
