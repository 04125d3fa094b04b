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

    private final Semaphore present;
    private final Semaphore working;
    private final long patienceMillis;
    private final Runnable refused;

    /**
     * @param concurrent requests that are carried out at the same time, 1 or more
     * @param waiting    requests that may wait for their turn
     * @param patience   how long one waits before it is refused
     * @param refused    is called for each that is refused
     */
    public Turns(int concurrent, int waiting, Duration patience, Runnable refused) {
        this.present = new Semaphore(concurrent + waiting);
        // Fair: under overload the oldest goes first, and nobody waits for longer than those who came later.
        this.working = new Semaphore(concurrent, true);
        this.patienceMillis = patience.toMillis();
        this.refused = refused;
    }

    /** @throws Refusal if others wait already, or it takes too long */
    void begin() {
        if (!present.tryAcquire()) {
            throw refusal();
        }
        if (!isMyTurn()) {
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
     * Runs {@code work} in its turn, however many wait: for requests whose number has a bound of its own, or else those
     * that come later wait behind all of them.
     *
     * @throws Refusal if it takes too long
     */
    public <T> T takeInAnyCase(Supplier<T> work) {
        if (!isMyTurn()) {
            throw refusal();
        }
        try {
            return work.get();
        } finally {
            working.release();
        }
    }

    /** Returns how many requests wait for their turn. */
    int waiting() {
        return working.getQueueLength();
    }

    private boolean isMyTurn() {
        try {
            return working.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS);
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
