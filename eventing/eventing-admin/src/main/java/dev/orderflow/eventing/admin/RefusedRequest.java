package dev.orderflow.eventing.admin;

import java.util.UUID;

/** A rejected request of an operator. */
public abstract sealed class RefusedRequest extends RuntimeException {

    private final String code;

    private RefusedRequest(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns a machine-readable code of the reason. */
    public String code() {
        return code;
    }

    /** A request with an error that only the called code detects. */
    public static final class Invalid extends RefusedRequest {

        private final String field;

        /** @param message the problem, worded to follow the field's name, such as "must be …" */
        public Invalid(String code, String field, String message) {
            super(code, message);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /** A request that names an unknown id. */
    public static final class Unknown extends RefusedRequest {

        private Unknown(String code, String message) {
            super(code, message);
        }

        public static Unknown letter(UUID id) {
            return new Unknown("dead_letter_not_found", "There is no dead letter or dead event " + id + ".");
        }

        public static Unknown parked(UUID id) {
            return new Unknown("parked_event_not_found", "No event " + id + " is parked.");
        }

        public static Unknown circuit() {
            return new Unknown(
                    "circuit_not_found", "This application consumes no event of this type, or it has no schema.");
        }

        public static Unknown tenants() {
            return new Unknown("tenants_not_separated", "This application refuses no tenant's changes.");
        }

        public static Unknown replay(UUID id) {
            return new Unknown("replay_not_found", "There is no replay " + id + ".");
        }
    }

    /** A request to discard an event that a relay may be sending at this moment. */
    public static final class BeingSent extends RefusedRequest {

        public BeingSent(UUID eventId) {
            super("being_sent", "The relay is sending event " + eventId + "; try again in some seconds.");
        }
    }
}
