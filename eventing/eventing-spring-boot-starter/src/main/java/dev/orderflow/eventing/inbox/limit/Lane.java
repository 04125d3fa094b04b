package dev.orderflow.eventing.inbox.limit;

/** The events that share a limit, such as those of one tenant for one handler. Thread-safe. */
public interface Lane {

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
