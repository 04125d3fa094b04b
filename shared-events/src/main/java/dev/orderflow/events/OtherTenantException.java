package dev.orderflow.events;

import dev.orderflow.eventing.NotRetryable;

/** An event of one tenant is about an aggregate of another. A retry cannot succeed, so that the event becomes a dead letter. */
@NotRetryable
public final class OtherTenantException extends RuntimeException {

    OtherTenantException(String message) {
        super(message);
    }
}
