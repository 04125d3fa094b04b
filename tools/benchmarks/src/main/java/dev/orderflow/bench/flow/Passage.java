package dev.orderflow.bench.flow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Times at which order-service accepted an order and recorded its payment.
 *
 * @param paid null if it is not paid
 */
record Passage(Instant placed, @Nullable Instant paid) {

    /**
     * Returns the time between both.
     *
     * @throws IllegalStateException if it is not paid
     */
    Duration took() {
        if (paid == null) {
            throw new IllegalStateException("the order placed at " + placed + " is not paid");
        }
        return Duration.between(placed, paid);
    }
}
