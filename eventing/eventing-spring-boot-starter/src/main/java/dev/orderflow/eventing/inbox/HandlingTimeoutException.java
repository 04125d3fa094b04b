package dev.orderflow.eventing.inbox;

import java.time.Duration;

/** A handler was interrupted because it took too long. */
class HandlingTimeoutException extends RuntimeException {

    /** @param failure thrown by the handler; not set as the cause, since it looks like a request to end the thread */
    HandlingTimeoutException(Duration limit, Throwable failure) {
        super("took longer than eventing.inbox.handling-timeout=" + limit);
        addSuppressed(failure);
    }
}
