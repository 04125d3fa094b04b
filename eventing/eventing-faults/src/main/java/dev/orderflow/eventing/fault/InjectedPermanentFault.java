package dev.orderflow.eventing.fault;

import dev.orderflow.eventing.NotRetryable;

/** A handler was told to fail in a way that does not pass. */
@NotRetryable
class InjectedPermanentFault extends RuntimeException {

    InjectedPermanentFault(String message) {
        super(message);
    }
}
