package dev.orderflow.verify.evidence;

import java.util.UUID;

/**
 * Consumed event that has not taken effect yet.
 *
 * @param topic the topic that it was published on
 * @param hop number of moves between topics and tables
 * @param overdue whether nothing holds it any more: it is due and no event of its key precedes it
 */
public record Hold(
        Service service, UUID eventId, String type, String topic, String key, State state, int hop, boolean overdue) {

    /** Reason why the event waits. */
    public enum State {
        /** Waits for its next attempt. */
        RETRYING,
        /** Waits on a retry topic for a preceding event of its key. */
        HELD,
        /** Waits in the database for a dead letter of its key. */
        PARKED,
        /** Waits for an operator. */
        DEAD
    }

    /** {@return type and id, for display} */
    public String name() {
        return type + " " + eventId;
    }
}
