package dev.orderflow.eventing.wire;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits a loop to a third of the time while its rounds have few events. A round costs about the same for one event as for twenty,
 * so fewer rounds with more events cost less in total. The duration of a round reflects the load of processors, database and
 * broker: when they are idle, round and rest are short; under load both become longer without further control. Not thread-safe.
 */
public final class DutyCycle {

    private static final int PARTS = 3;

    private final LongSupplier nanoTime;
    private final long shortest;
    private final long longest;
    private long begun;

    /**
     * @param shortest minimum time from the begin of a round to the begin of the next one
     * @param longest  a round that takes this long is followed by the next one at once
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

    /** Notes the begin of a round. */
    public void begin() {
        begun = nanoTime.getAsLong();
    }

    /**
     * Called at the end of a round; returns the nanoseconds until the next one is to begin, 0 or more.
     *
     * @param events number of events in the round. After a single one only the shortest time passes: events are rare then, so that
     *               the next round would not have more if it began later
     */
    public long restNanos(int events) {
        var worked = nanoTime.getAsLong() - begun;
        var wanted = events > 1 ? Math.clamp(PARTS * worked, shortest, longest) : shortest;
        return Math.max(0, wanted - worked);
    }
}
