package dev.orderflow.eventing.fault;

import dev.orderflow.eventing.NotRetryable;

/** An injected failure that is permanent. */
@NotRetryable
class InjectedPermanentFault extends RuntimeException {

    InjectedPermanentFault(String message) {
        super(message);
    }
}
