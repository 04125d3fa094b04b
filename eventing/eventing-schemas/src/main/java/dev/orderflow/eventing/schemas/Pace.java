package dev.orderflow.eventing.schemas;

import java.util.function.LongSupplier;

/** A number of events per second. Those that were not used do not add up. Thread-safe. */
final class Pace {

    private static final long SECOND = 1_000_000_000L;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private long begun;
    private int left;

    /** @param nanoTime the monotonic clock */
    Pace(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.left = perSecond;
    }

    /** Returns whether there may be another event in this second, and counts it. */
    synchronized boolean acquire() {
        if (!isReady()) {
            return false;
        }
        left--;
        return true;
    }

    /** Returns whether {@link #acquire} would succeed. */
    synchronized boolean isReady() {
        var now = nanoTime.getAsLong();
        if (now - begun >= SECOND) {
            begun = now;
            left = perSecond;
        }
        return left > 0;
    }
}
