package dev.orderflow.eventing.inbox;

import java.time.Duration;

/** A handler was interrupted because it took too long. */
class HandlingTimeoutException extends RuntimeException {

    /** @param failure by which the handler ended; not the cause, since it looks as if somebody had wanted to end the thread */
    HandlingTimeoutException(Duration limit, Throwable failure) {
        super("took longer than eventing.inbox.handling-timeout=" + limit);
        addSuppressed(failure);
    }
}
