package dev.orderflow.notification.recipient;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that a look-up of an address has left. Its requests share the time, so that the whole look-up fits into the guard
 * around it.
 */
final class LookUpTime {

    private final LongSupplier nanoTime;
    private final long end;

    /** @param nanoTime such as {@link System#nanoTime} */
    LookUpTime(Duration longest, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + longest.toNanos();
    }

    /**
     * Returns the nanoseconds that are left, at least one.
     *
     * @param server whom there would be no time to ask
     * @throws CustomersUnavailableException if none are left
     */
    long leftFor(String server) {
        var left = end - nanoTime.getAsLong();
        if (left <= 0) {
            throw new CustomersUnavailableException("no time is left to ask " + server, null);
        }
        return left;
    }
}
