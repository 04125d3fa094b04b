package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.retry.KeyQueues.Failure;
import dev.orderflow.eventing.settings.EventingProperties;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides which failures are permanent, and when other failures are retried. Immutable. */
class RetryPolicy {

    private final Schedule schedule;
    private final Map<String, Schedule> byHandler;
    private final Set<Class<?>> notRetryable;

    /**
     * @param schedule     the default schedule of handlers
     * @param byHandler    schedules by the handler's name, as in {@code StockEventHandlers.reserve}
     * @param notRetryable exception classes that are permanent including their subclasses, in addition to annotated ones
     */
    RetryPolicy(Schedule schedule, Map<String, Schedule> byHandler, Set<Class<?>> notRetryable) {
        this.schedule = schedule;
        this.byHandler = Map.copyOf(byHandler);
        this.notRetryable = Set.copyOf(notRetryable);
    }

    static RetryPolicy of(EventingProperties.Retry configured) {
        var byHandler = configured.schedulesByHandler().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, own -> Schedule.of(own.getValue())));
        return new RetryPolicy(Schedule.of(configured.schedule()), byHandler, configured.notRetryable());
    }

    /**
     * Returns the delay in milliseconds before the next attempt; empty when there is none.
     *
     * @param failedAttempts the number of failed attempts including {@code failure}; at least 1
     */
    OptionalLong delayAfter(Throwable failure, int failedAttempts, @Nullable String handler) {
        var own = handler == null ? schedule : byHandler.getOrDefault(handler, schedule);
        return isPermanent(failure) || failedAttempts > own.levels()
                ? OptionalLong.empty()
                : OptionalLong.of(own.delay(failedAttempts).toMillis());
    }

    boolean isPermanent(Throwable failure) {
        return Failure.isAlwaysPermanent(failure)
                || Failure.isAny(
                        failure, exception -> notRetryable.stream().anyMatch(type -> type.isAssignableFrom(exception)));
    }

    /** Returns the upper bound of all delays, jitter included. */
    Duration longestDelay() {
        return Stream.concat(Stream.of(schedule), byHandler.values().stream())
                .map(Schedule::longest)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Returns the number of retry topics. There is always one, since replayed dead letters return through it. */
    int topics() {
        var most = byHandler.values().stream().mapToInt(Schedule::levels).max();
        return Math.max(1, Math.max(schedule.levels(), most.orElse(0)));
    }

    /**
     * The number and delays of the retries of a failed event: exponential backoff with jitter.
     *
     * @param levels       the number of retries after the first attempt, each with its own retry topic; 0: none
     * @param firstDelay   the delay before the first retry
     * @param multiplier   the factor between consecutive delays, at least 1
     * @param longestDelay the upper bound of a delay before its jitter
     * @param jitter       the maximum random extension of a delay, as a fraction of it, 0 to 1
     * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and jitter</a>
     */
    record Schedule(int levels, Duration firstDelay, double multiplier, Duration longestDelay, double jitter) {

        static Schedule of(EventingProperties.Retry.Schedule configured) {
            return new Schedule(
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
            return Duration.ofMillis(bounded
                    + (long) (bounded * jitter * ThreadLocalRandom.current().nextDouble()));
        }

        /** Returns the upper bound of a delay, jitter included. */
        Duration longest() {
            return longestDelay.plusMillis((long) Math.ceil(longestDelay.toMillis() * jitter));
        }
    }
}
