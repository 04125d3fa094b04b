package dev.orderflow.eventing.bus;

import org.jspecify.annotations.Nullable;

/**
 * Receiver of the failures of listeners. It is called by the thread of the subscription and lane, or by the one that watches over
 * time-outs, and must return quickly.
 */
@FunctionalInterface
public interface FailureHandler {

    /** Kinds of failures. */
    enum Kind {
        /** The listener or the filter has thrown an exception. */
        FAILED,
        /** The listener has taken longer than its time-out, and has been interrupted. */
        TIMED_OUT,
        /** The event's deadline had passed, so that it was skipped. */
        EXPIRED,
        /** The subscription ended after too many failures in a row, or because a listener does not return. */
        QUARANTINED,
        /** The subscription ended with waiting events, after the longest time for draining. */
        ABANDONED
    }

    /**
     * Receives a failure.
     *
     * @param event   valid until this method returns; null if a whole subscription is concerned
     * @param failure null if nothing was thrown
     */
    void onFailure(Subscription subscription, Kind kind, @Nullable BusEvent<?> event, @Nullable Throwable failure);
}
