package dev.orderflow.verify.evidence;

import java.util.UUID;

/**
 * An event that a service has taken in and that has not had its effect.
 *
 * @param topic   the topic that it was published on
 * @param hop     how often it was put somewhere
 * @param overdue whether nothing keeps it any more: its time has come and no event of its key is before it
 */
public record Hold(
        Service service, UUID eventId, String type, String topic, String key, State state, int hop, boolean overdue) {

    /** What it waits for. */
    public enum State {
        /** The next attempt. */
        RETRYING,
        /** On a retry topic, for an event of its key before it. */
        HELD,
        /** In the database, for a dead letter of its key. */
        PARKED,
        /** An operator. */
        DEAD
    }

    /** Its type and id, for people. */
    public String name() {
        return type + " " + eventId;
    }
}
