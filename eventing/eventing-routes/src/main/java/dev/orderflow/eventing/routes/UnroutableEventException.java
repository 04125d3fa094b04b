package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.NotRetryable;

/**
 * Thrown for an event that a route can neither publish nor skip. It becomes a dead letter at once, and can be replayed after the
 * route is corrected. Dead letters store the name of this class.
 */
@NotRetryable
public final class UnroutableEventException extends RuntimeException {

    UnroutableEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
