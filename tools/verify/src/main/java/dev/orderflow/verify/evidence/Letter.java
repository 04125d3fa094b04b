package dev.orderflow.verify.evidence;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Dead letter of a service, open or closed.
 *
 * @param eventId null if the record had none; type and key likewise
 * @param cause why it failed
 */
public record Letter(
        Service service,
        UUID id,
        @Nullable UUID eventId,
        @Nullable String type,
        Place place,
        @Nullable String key,
        String cause,
        State state) {

    /** State of the dead letter. */
    public enum State {
        DEAD,
        /** Queued for a replay. */
        QUEUED,
        /** Being replayed. */
        REPLAYING,
        /** Replayed, with its effect. */
        REPLAYED,
        /** Discarded by an operator, without effect. */
        DISCARDED
    }

    /** {@return whether an operator has requested a replay that is not finished} */
    public boolean isAnswered() {
        return state == State.QUEUED || state == State.REPLAYING;
    }

    /** {@return whether it still needs action by the service or by an operator} */
    public boolean isOpen() {
        return state == State.DEAD || isAnswered();
    }

    /** Returns the subject of its violation: the order, or the record's place if the order isn't known. */
    public String subject() {
        return key == null ? place.toString() : key;
    }

    /** {@return type and id, for display} */
    public String name() {
        return type == null || eventId == null ? "the record at " + place : type + " " + eventId;
    }
}
