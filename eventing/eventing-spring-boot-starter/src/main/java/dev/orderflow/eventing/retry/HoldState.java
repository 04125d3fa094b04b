package dev.orderflow.eventing.retry;

/** The reason why a consumed event has not taken effect yet. The names are stored and published, so they must not change. */
public enum HoldState {
    /** Failed; waits for its next attempt on a retry topic. */
    RETRYING,
    /** Waits on a retry topic behind an earlier event of its stream. */
    HELD,
    /**
     * Waits in the database behind a dead letter of its stream. Stored data uses this name; elsewhere only events of the outbox
     * are parked.
     */
    PARKED,
    /** Waits for an operator. */
    DEAD;

    boolean isOnTopic() {
        return this == RETRYING || this == HELD;
    }
}
