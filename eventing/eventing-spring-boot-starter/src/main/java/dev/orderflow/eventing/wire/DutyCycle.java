package dev.orderflow.eventing.wire;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets a loop work a third of the time while each of its rounds has little to do. A round costs about the same for one event as for
 * twenty, so rounds that begin less often carry more and cost less in all. How long a round takes tells how short processors,
 * database and broker are: with nothing else to do it is over soon, and so is the rest; under load both become longer by
 * themselves. Not thread-safe.
 */
public final class DutyCycle {

    private static final int PARTS = 3;

    private final LongSupplier nanoTime;
    private final long shortest;
    private final long longest;
    private long begun;

    /**
     * @param shortest from the begin of a round to that of the next one, at least
     * @param longest  a round that takes this long is followed by the next one at once
     */
    public DutyCycle(Duration shortest, Duration longest) {
        this(System::nanoTime, shortest, longest);
    }

    DutyCycle(LongSupplier nanoTime, Duration shortest, Duration longest) {
        this.nanoTime = nanoTime;
        this.shortest = shortest.toNanos();
        this.longest = longest.toNanos();
    }

    /** A round begins now. */
    public void begin() {
        begun = nanoTime.getAsLong();
    }

    /**
     * The round has ended; so many nanoseconds are to pass until the next one begins, 0 or more.
     *
     * @param events that it had. After a single one only the shortest time passes: they come seldom, so that the next round
     *               would not have more for beginning later
     */
    public long restNanos(int events) {
        var worked = nanoTime.getAsLong() - begun;
        var wanted = events > 1 ? Math.clamp(PARTS * worked, shortest, longest) : shortest;
        return Math.max(0, wanted - worked);
    }
}
