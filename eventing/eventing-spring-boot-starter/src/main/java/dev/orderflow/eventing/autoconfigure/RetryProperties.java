package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.retry.RetrySchedule;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of an event that failed. Its n-th retry comes from the topic {@code <group>.retry-n}.
 *
 * @param levels       retries before it is a dead letter; 0: it is one at once
 * @param firstDelay   before the first retry
 * @param multiplier   by how much each delay is longer than the one before
 * @param longestDelay what no delay exceeds before its jitter
 * @param jitter       up to which share of itself a delay is lengthened at random
 * @param lostAfter    so long after it was due a record on a retry topic is taken for lost and sent again
 * @param notRetryable exception classes of which, and of whose subclasses, another attempt would fail too
 * @param handlers     for single handlers, by names such as {@code StockEventHandlers.reserve}
 */
public record RetryProperties(
        @DefaultValue("3") @Min(0) @Max(10) int levels,
        @DefaultValue("1s") Duration firstDelay,

        @DefaultValue("10") @DecimalMin("1") @DecimalMax("1000")
        double multiplier,

        @DefaultValue("60s") Duration longestDelay,

        @DefaultValue("0.2") @DecimalMin("0") @DecimalMax("1")
        double jitter,

        @DefaultValue("5m") Duration lostAfter,
        @DefaultValue Set<Class<?>> notRetryable,
        @DefaultValue Map<String, Handler> handlers) {

    /** A handler's own values; what is unset is as for all others. */
    public record Handler(
            @Nullable Integer levels,
            @Nullable Duration firstDelay,
            @Nullable Double multiplier,
            @Nullable Duration longestDelay,
            @Nullable Double jitter) {}

    RetrySchedule schedule() {
        return new RetrySchedule(levels, firstDelay, multiplier, longestDelay, jitter);
    }

    Map<String, RetrySchedule> schedulesByHandler() {
        return handlers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, own -> schedule(own.getValue())));
    }

    Duration longestWait() {
        return schedulesByHandler().values().stream()
                .map(RetrySchedule::longestDelay)
                .reduce(longestDelay, (one, other) -> one.compareTo(other) < 0 ? other : one)
                .multipliedBy(2);
    }

    @AssertTrue(message = "lost-after must be 1s to 1d")
    boolean isLostInTime() {
        return lostAfter.compareTo(Duration.ofSeconds(1)) >= 0 && lostAfter.compareTo(Duration.ofDays(1)) <= 0;
    }

    @AssertTrue(
            message =
                    "levels must be 0 to 10, 1ms <= first-delay <= longest-delay, multiplier 1 to 1000, jitter 0 to 1,"
                            + " for each of handlers too")
    boolean isConsistent() {
        return isConsistent(schedule())
                && schedulesByHandler().values().stream().allMatch(RetryProperties::isConsistent);
    }

    private static boolean isConsistent(RetrySchedule schedule) {
        return schedule.levels() >= 0
                && schedule.levels() <= 10
                && schedule.firstDelay().toMillis() >= 1
                && schedule.firstDelay().compareTo(schedule.longestDelay()) <= 0
                && schedule.multiplier() >= 1
                && schedule.multiplier() <= 1000
                && schedule.jitter() >= 0
                && schedule.jitter() <= 1;
    }

    private RetrySchedule schedule(Handler own) {
        return new RetrySchedule(
                own.levels() == null ? levels : own.levels(),
                own.firstDelay() == null ? firstDelay : own.firstDelay(),
                own.multiplier() == null ? multiplier : own.multiplier(),
                own.longestDelay() == null ? longestDelay : own.longestDelay(),
                own.jitter() == null ? jitter : own.jitter());
    }
}
