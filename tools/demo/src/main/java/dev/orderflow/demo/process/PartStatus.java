package dev.orderflow.demo.process;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a part is.
 *
 * @param pid of the running process; empty if there is none, or if it is a container
 * @param health what the part says of itself; empty if it does not answer or cannot be asked
 * @param residentKiB its memory; 0 if it does not run
 * @param outboxPending events that wait to be sent; empty if there is no outbox or its database is away
 */
public record PartStatus(
        Part part,
        State state,
        OptionalLong pid,
        Optional<String> health,
        long residentKiB,
        OptionalLong outboxPending) {

    /** Whether there is a process, and if not, why. */
    public enum State {
        RUNNING,
        /** Ended by {@code ./demo kill}. */
        KILLED,
        /** Ended without being asked to. */
        DIED,
        STOPPED
    }
}
