package dev.orderflow.edge.tenant;

/**
 * Bounds requests per second, of which as many may come at once, by the generic cell rate algorithm: each request moves the
 * time at which the rate would have admitted it, and one is refused that would move it more than a second ahead. Not
 * thread-safe.
 */
final class RequestRate {

    private static final long BURST_NANOS = 1_000_000_000L;

    private final long interval;
    private long next;

    /** @param now the present, in nanoseconds of a monotonic clock, like all its times */
    RequestRate(int perSecond, long now) {
        this.interval = BURST_NANOS / perSecond;
        this.next = now;
    }

    /** Returns whether one more request is within the rate, and counts it then. */
    boolean acquire(long now) {
        var due = isIdle(now) ? now : next;
        if (due + interval - now > BURST_NANOS) {
            return false;
        }
        next = due + interval;
        return true;
    }

    /** Returns whether a new rate would admit the same requests as this one. */
    boolean isIdle(long now) {
        return next - now <= 0;
    }
}
