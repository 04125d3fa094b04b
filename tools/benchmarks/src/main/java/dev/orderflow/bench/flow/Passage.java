package dev.orderflow.bench.flow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When order-service took an order in, and when it recorded that it is paid.
 *
 * @param paid null if it is not
 */
record Passage(Instant placed, @Nullable Instant paid) {

    /** @throws IllegalStateException if it is not paid */
    Duration took() {
        if (paid == null) {
            throw new IllegalStateException("an order placed at " + placed + " is not paid");
        }
        return Duration.between(placed, paid);
    }
}
