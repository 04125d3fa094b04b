package dev.orderflow.eventing.inbox.polling;

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

    /** The events that share a limit, such as those of one tenant for one handler. Thread-safe. */
    interface Lane {

        /** Returns whether the next event may be handled, and counts it. */
        boolean acquire();

        /** Returns whether {@link #acquire} would succeed. */
        boolean isReady();

        /** Returns whether waiting events are handled beyond the limit when too many wait. */
        default boolean isLiftedByCrowds() {
            return false;
        }

        /** Text that no other lane has. */
        String id();

        /** Counts an event that waits because of the limit. */
        void postponed();
    }
}
