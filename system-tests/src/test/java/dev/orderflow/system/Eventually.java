package dev.orderflow.system;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long the tests wait for what must happen. */
final class Eventually {

    /** Much longer than anything takes, since the machine may be busy with other things. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private Eventually() {}

    static ConditionFactory await() {
        return Awaitility.await().atMost(TIMEOUT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100));
    }
}
