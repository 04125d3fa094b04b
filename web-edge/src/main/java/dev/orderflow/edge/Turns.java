package dev.orderflow.edge;

import dev.orderflow.edge.context.RequestTime;
import dev.orderflow.edge.problem.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds the number of requests that are carried out at the same time and of those that wait; refuses the others. With
 * a virtual thread per request, there is no other bound: thousands of requests would wait for a few database
 * connections, each with its body in memory. A request with a time-out waits no longer than that. Thread-safe.
 */
public final class Turns {

    private static final String DETAIL =
            "The service has too many requests at the moment. Nothing was done for this one.";

    /** Requests of {@link #takeInAnyCase} that may stand in front of any other request, for each one that is carried out. */
    private static final int CROWD_PER_TURN = 8;

    /** Multiple of the patience for which such a request waits to stand there. */
    private static final int CROWD_PATIENCE = 5;

    private final Semaphore present;
    private final Semaphore crowd;
    private final Semaphore working;
    private final Duration patience;
    private final Runnable refused;

    /**
     * @param concurrent requests that are carried out at the same time, 1 or more
     * @param waiting    requests that may wait for their turn
     * @param patience   longest wait of a request before it is refused
     * @param refused    called for each refused request
     */
    public Turns(int concurrent, int waiting, Duration patience, Runnable refused) {
        this.present = new Semaphore(concurrent + waiting);
        this.crowd = new Semaphore(CROWD_PER_TURN * concurrent, true);
        // Fair: under overload the oldest request goes first, and none waits longer than later ones.
        this.working = new Semaphore(concurrent, true);
        this.patience = patience;
        this.refused = refused;
    }

    /** @throws Refusal if too many requests wait, or the wait takes too long */
    void begin() {
        if (!present.tryAcquire()) {
            throw refusal();
        }
        if (!isAcquired(working, patience)) {
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
     * Runs {@code work} in its turn, however many requests wait. For requests whose number is bounded elsewhere. Hundreds of
     * them may come at once, such as all requests that wait for one order. A few of them queue together with other requests, and
     * the rest behind those few, so that no other request waits for all of them.
     *
     * @throws Refusal if the wait takes too long
     */
    public <T> T takeInAnyCase(Supplier<T> work) {
        if (!isAcquired(crowd, patience.multipliedBy(CROWD_PATIENCE))) {
            throw refusal();
        }
        try {
            if (!isAcquired(working, patience)) {
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

    /** Returns the number of requests that wait for their turn. */
    int waiting() {
        return working.getQueueLength() + crowd.getQueueLength();
    }

    private static boolean isAcquired(Semaphore semaphore, Duration longest) {
        try {
            return semaphore.tryAcquire(RequestTime.atMost(longest).toNanos(), TimeUnit.NANOSECONDS);
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
