package dev.orderflow.eventing.deadletter;

import java.util.UUID;

/** A relay may be sending the event at this moment, so that it cannot be given up. */
final class BeingSentException extends RuntimeException {

    BeingSentException(UUID eventId) {
        super("The relay is sending event " + eventId + "; try again in some seconds.");
    }
}
