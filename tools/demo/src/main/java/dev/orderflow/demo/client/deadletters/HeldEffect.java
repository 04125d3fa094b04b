package dev.orderflow.demo.client.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * Response to a request to resend waiting events or to give them up.
 *
 * @param parked events that now wait behind a dead letter
 * @param dead events that are dead letters now
 * @param released events that were held behind those given up
 */
record HeldEffect(
        @Nullable Integer resent,
        @Nullable Integer parked,
        @Nullable Integer dead,
        @Nullable Integer givenUp,
        @Nullable Integer released) {

    boolean isAny() {
        return count(resent) + count(parked) + count(dead) + count(givenUp) > 0;
    }

    int count(@Nullable Integer events) {
        return events == null ? 0 : events;
    }
}
