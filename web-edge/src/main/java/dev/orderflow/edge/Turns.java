package dev.orderflow.edge;

import dev.orderflow.edge.problem.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many requests are carried out at the same time, and how many wait for that; refuses the others. With a virtual
 * thread for each request, nothing else does: thousands would wait for a handful of database connections, each with what
 * it was sent in memory. Thread-safe.
 */
public final class Turns {

    private static final String DETAIL =
            "There are more requests than can be carried out. Nothing was done for this one.";

    /** Requests of {@link #takeInAnyCase} that may stand in front of any other request, for each one that is carried out. */
    private static final int CROWD_PER_TURN = 8;

    private final Semaphore present;
    private final Semaphore crowd;
    private final Semaphore working;
    private final Duration patience;
    private final Runnable refused;

    /**
     * @param concurrent requests that are carried out at the same time, 1 or more
     * @param waiting    requests that may wait for their turn
     * @param patience   how long one waits before it is refused
     * @param refused    is called for each that is refused
     */
    public Turns(int concurrent, int waiting, Duration patience, Runnable refused) {
        this.present = new Semaphore(concurrent + waiting);
        this.crowd = new Semaphore(CROWD_PER_TURN * concurrent, true);
        // Fair: under overload the oldest goes first, and nobody waits for longer than those who came later.
        this.working = new Semaphore(concurrent, true);
        this.patience = patience;
        this.refused = refused;
    }

    /** @throws Refusal if others wait already, or it takes too long */
    void begin() {
        if (!present.tryAcquire()) {
            throw refusal();
        }
        if (!isAcquired(working, patience.toNanos())) {
            present.release();
            throw refusal();
        }
    }

    void end() {
        working.release();
        present.release();
    }

    /**
     * Runs {@code work} in its turn.
     *
     * @throws Refusal if others wait already, or it takes too long
     */
    public <T> T take(Supplier<T> work) {
        begin();
        try {
            return work.get();
        } finally {
            end();
        }
    }

    /**
     * Runs {@code work} in its turn, however many wait: for requests whose number has a bound of its own. Hundreds of
     * them may come at once, such as all that wait for one order. A few of them queue together with other requests, and
     * the rest behind those few, so that no other request waits for all of them.
     *
     * @throws Refusal if it takes too long
     */
    public <T> T takeInAnyCase(Supplier<T> work) {
        var end = System.nanoTime() + patience.toNanos();
        if (!isAcquired(crowd, patience.toNanos())) {
            throw refusal();
        }
        try {
            if (!isAcquired(working, end - System.nanoTime())) {
                throw refusal();
            }
            try {
                return work.get();
            } finally {
                working.release();
            }
        } finally {
            crowd.release();
        }
    }

    /** Returns how many requests wait for their turn. */
    int waiting() {
        return working.getQueueLength() + crowd.getQueueLength();
    }

    private static boolean isAcquired(Semaphore semaphore, long nanos) {
        try {
            return semaphore.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Refusal refusal() {
        refused.run();
        return Refusal.overloaded(DETAIL);
    }
}
