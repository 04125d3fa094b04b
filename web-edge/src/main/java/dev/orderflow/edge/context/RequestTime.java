package dev.orderflow.edge.context;

import dev.orderflow.eventing.EventContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time that is left for the request that this thread carries out. It bounds the request's own waits.
 * <p>
 * Measured by the monotonic clock: a wall clock that jumps would end all waits at once, or none. The deadline of events
 * is a wall clock's time, because other machines read it.
 */
public final class RequestTime {

    /** Shortest wait, as for call-outs: less would only fail. */
    private static final Duration LEAST = Duration.ofMillis(100);

    /** The end of the request's time, by {@link System#nanoTime}; null if it is not limited. */
    private static final ThreadLocal<@Nullable Long> END = new ThreadLocal<>();

    private RequestTime() {}

    /** Returns {@code longest}, or the request's remaining time if that is shorter, but at least 100 ms of it. */
    public static Duration atMost(Duration longest) {
        var end = END.get();
        if (end == null) {
            return longest;
        }
        var left = Duration.ofNanos(end - System.nanoTime());
        var bound = left.compareTo(LEAST) < 0 ? LEAST : left;
        return bound.compareTo(longest) < 0 ? bound : longest;
    }

    /**
     * Limits the waits of this thread until the scope is closed.
     *
     * @param time  null for no limit
     * @param since beginning of this time, by {@link System#nanoTime}
     */
    static EventContext.Scope open(@Nullable Duration time, long since) {
        if (time == null) {
            return () -> {};
        }
        END.set(since + time.toNanos());
        return END::remove;
    }
}
