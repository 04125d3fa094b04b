package dev.orderflow.system;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Time-outs of the tests' waiting conditions. */
final class Eventually {

    /**
     * Time-out far above any expected duration, including the start of the whole suite, since the machine may be busy.
     */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private Eventually() {}

    static ConditionFactory await() {
        return Awaitility.await().atMost(TIMEOUT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100));
    }

    /** Waits with a short poll interval, for conditions that soon pass again. */
    static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(20));
    }
}
