package dev.orderflow.eventing.deadletter;

import java.util.UUID;

/** There is nothing of that id. */
final class UnknownIdException extends RuntimeException {

    private final String code;

    private UnknownIdException(String code, String message) {
        super(message);
        this.code = code;
    }

    static UnknownIdException ofLetter(UUID id) {
        return new UnknownIdException("dead_letter_not_found", "There is no dead letter or dead event " + id + ".");
    }

    static UnknownIdException ofParked(UUID id) {
        return new UnknownIdException("parked_event_not_found", "No event " + id + " is parked.");
    }

    static UnknownIdException ofReplay(UUID id) {
        return new UnknownIdException("replay_not_found", "There is no replay " + id + ".");
    }

    String code() {
        return code;
    }
}
