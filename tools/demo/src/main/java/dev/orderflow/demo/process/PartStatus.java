package dev.orderflow.demo.process;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Status of a part.
 *
 * @param pid of the running process; empty if there is none, or if it is a container
 * @param health as the part reports it; empty if it does not respond or has no health endpoint
 * @param residentKiB its memory; 0 if it is not running
 * @param outboxPending events that wait to be sent; empty if there is no outbox or its database is unavailable
 */
public record PartStatus(
        Part part,
        State state,
        OptionalLong pid,
        Optional<String> health,
        long residentKiB,
        OptionalLong outboxPending) {

    /** State of the process: running, or the reason why not. */
    public enum State {
        RUNNING,
        /** Killed by {@code ./demo kill}. */
        KILLED,
        /** Ended unexpectedly. */
        DIED,
        STOPPED
    }
}
