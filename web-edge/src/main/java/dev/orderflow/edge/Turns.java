package dev.orderflow.edge;

import dev.orderflow.edge.problem.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds the number of requests that are carried out at the same time and of those that wait; refuses the others. With
 * a virtual thread per request, there is no other bound: thousands of requests would wait for a few database
 * connections, each with its body in memory. Thread-safe.
 */
public final class Turns {

    private static final String DETAIL =
            "The service has too many requests at the moment. Nothing was done for this one.";

    private final Semaphore present;
    private final Semaphore working;
    private final long patienceMillis;
    private final Runnable refused;

    /**
     * @param concurrent requests that are carried out at the same time, 1 or more
     * @param waiting    requests that may wait for their turn
     * @param patience   longest wait of a request before it is refused
     * @param refused    called for each refused request
     */
    public Turns(int concurrent, int waiting, Duration patience, Runnable refused) {
        this.present = new Semaphore(concurrent + waiting);
        // Fair: under overload the oldest request goes first, and none waits longer than later ones.
        this.working = new Semaphore(concurrent, true);
        this.patienceMillis = patience.toMillis();
        this.refused = refused;
    }

    /** @throws Refusal if too many requests wait, or the wait takes too long */
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
     * @throws Refusal if too many requests wait, or the wait takes too long
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
     * Runs {@code work} in its turn, however many requests wait. For requests whose number is bounded elsewhere.
     *
     * @throws Refusal if the wait takes too long
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

    /** Returns the number of requests that wait for their turn. */
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
