package dev.orderflow.verify.evidence;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter of a service, open or closed.
 *
 * @param eventId null if the record had none; type and key likewise
 * @param cause   why it died
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

    /** How far it has come. */
    public enum State {
        DEAD,
        /** A replay will take it. */
        QUEUED,
        /** Again on its way. */
        REPLAYING,
        /** Has had its effect. */
        REPLAYED,
        /** An operator has said that it shall have none. */
        DISCARDED
    }

    /** Whether an operator has asked for a replay that isn't over. */
    public boolean isAnswered() {
        return state == State.QUEUED || state == State.REPLAYING;
    }

    /** Whether the service still has to do something about it, or somebody else. */
    public boolean isOpen() {
        return state == State.DEAD || isAnswered();
    }

    /** What its violation is about: the order, or where the record is if that isn't known. */
    public String subject() {
        return key == null ? place.toString() : key;
    }

    /** Its type and id, for people. */
    public String name() {
        return type == null || eventId == null ? "the record at " + place : type + " " + eventId;
    }
}
