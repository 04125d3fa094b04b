package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.settings.EventingProperties;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The number and delays of the retries of a failed event: exponential backoff with jitter.
 *
 * @param levels       the number of retries after the first attempt, each with a retry topic of its own; 0: none
 * @param firstDelay   the delay before the first retry
 * @param multiplier   the factor between consecutive delays, at least 1
 * @param longestDelay the upper bound of a delay before its jitter
 * @param jitter       the largest share of itself by which a delay is lengthened at random, 0 to 1
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and jitter</a>
 */
record RetrySchedule(int levels, Duration firstDelay, double multiplier, Duration longestDelay, double jitter) {

    static RetrySchedule of(EventingProperties.Retry.Schedule configured) {
        return new RetrySchedule(
                configured.levels(),
                configured.firstDelay(),
                configured.multiplier(),
                configured.longestDelay(),
                configured.jitter());
    }

    /** @param level 1 to {@link #levels} */
    Duration delay(int level) {
        var exact = firstDelay.toMillis() * Math.pow(multiplier, level - 1.0);
        var bounded = (long) Math.min(exact, longestDelay.toMillis());
        return Duration.ofMillis(
                bounded + (long) (bounded * jitter * ThreadLocalRandom.current().nextDouble()));
    }

    /** Returns the upper bound of a delay, jitter included. */
    Duration longest() {
        return longestDelay.plusMillis((long) Math.ceil(longestDelay.toMillis() * jitter));
    }
}
