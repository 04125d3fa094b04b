package dev.orderflow.loyalty.points;

import dev.orderflow.eventing.NotRetryable;

/** Thrown for an event of an order that order-service cannot have published. A retry cannot succeed. */
@NotRetryable
class UnawardableOrderException extends RuntimeException {

    UnawardableOrderException(String message) {
        super(message);
    }
}
