package dev.orderflow.eventing.wire;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits a loop to a third of the time while its rounds have few events. A round costs about the same for one event as for
 * twenty, so fewer rounds with more events cost less in total. The duration of a round reflects the load of processors, database
 * and broker. When they are idle, round and pause are short; under load both become longer without further control. Not
 * thread-safe.
 */
public final class DutyCycle {

    private static final int PARTS = 3;

    private final LongSupplier nanoTime;
    private final long shortest;
    private final long longest;
    private long begun;

    /**
     * @param shortest minimum time from the start of a round to the start of the next one
     * @param longest  the next round starts immediately after a round that takes this long
     */
    public DutyCycle(Duration shortest, Duration longest) {
        this(System::nanoTime, shortest, longest);
    }

    /** @param nanoTime clock, for tests */
    public DutyCycle(LongSupplier nanoTime, Duration shortest, Duration longest) {
        this.nanoTime = nanoTime;
        this.shortest = shortest.toNanos();
        this.longest = longest.toNanos();
    }

    /** Records the start of a round. */
    public void begin() {
        begun = nanoTime.getAsLong();
    }

    /**
     * Returns the nanoseconds until the next round, 0 or more. Called at the end of a round.
     *
     * @param events number of events in the round. After a single event only the shortest time passes: events are then rare, so
     *               that a later round would not have more of them
     */
    public long restNanos(int events) {
        var worked = nanoTime.getAsLong() - begun;
        var wanted = events > 1 ? Math.clamp(PARTS * worked, shortest, longest) : shortest;
        return Math.max(0, wanted - worked);
    }
}
