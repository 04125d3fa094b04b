package dev.orderflow.eventing.deadletter;

import java.util.UUID;

/** A request of an operator that is not fulfilled. */
public abstract sealed class RefusedRequest extends RuntimeException {

    private final String code;

    private RefusedRequest(String code, String message) {
        super(message);
        this.code = code;
    }

    /** For programs to tell refusals apart. */
    public String code() {
        return code;
    }

    /** A request that only the code that uses it could find wrong. */
    public static final class Invalid extends RefusedRequest {

        private final String field;

        /** @param message what is wrong, to be read after the field's name, such as "must be …" */
        public Invalid(String code, String field, String message) {
            super(code, message);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /** There is nothing of that id. */
    public static final class Unknown extends RefusedRequest {

        private Unknown(String code, String message) {
            super(code, message);
        }

        static Unknown letter(UUID id) {
            return new Unknown("dead_letter_not_found", "There is no dead letter or dead event " + id + ".");
        }

        static Unknown parked(UUID id) {
            return new Unknown("parked_event_not_found", "No event " + id + " is parked.");
        }

        static Unknown replay(UUID id) {
            return new Unknown("replay_not_found", "There is no replay " + id + ".");
        }
    }

    /** A relay may be sending the event at this moment, so that it cannot be given up. */
    public static final class BeingSent extends RefusedRequest {

        BeingSent(UUID eventId) {
            super("being_sent", "The relay is sending event " + eventId + "; try again in some seconds.");
        }
    }
}
