package dev.orderflow.system;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long the tests wait for what must happen. */
final class Eventually {

    /** Much longer than anything takes, starting the whole suite included: the machine may be busy otherwise. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private Eventually() {}

    static ConditionFactory await() {
        return Awaitility.await().atMost(TIMEOUT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100));
    }

    /** For what is over soon after it has come. */
    static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(20));
    }
}
