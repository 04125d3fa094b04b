package dev.orderflow.edge;

import dev.orderflow.edge.connection.ClientConnections;
import dev.orderflow.edge.connection.RoundRobin;
import dev.orderflow.edge.context.RequestTime;
import dev.orderflow.edge.problem.Refusal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Bounds the number of requests that are carried out at the same time and of those that wait; refuses the others. With
 * a virtual thread per request, there is no other bound: thousands of requests would wait for a few database
 * connections, each with its body in memory. A request with a time-out waits no longer than that.
 * <p>
 * Clients' addresses take turns, so that no client waits for all requests of another one. When too many requests wait,
 * the address with most of them is refused. Thread-safe.
 */
public final class Turns {

    private static final String DETAIL =
            "The service has too many requests at the moment. Nothing was done for this one.";

    /** Queues of the requests of {@link #takeInAnyCase} of one address, beside the one for all its other requests. */
    private static final int CROWDS = 8;

    private static final int NO_CROWD = -1;

    /** Multiple of the patience for which such a request waits, because hundreds may want their turn at once. */
    private static final int CROWD_PATIENCE = 5;

    private final int concurrent;
    private final int mostWaiting;
    private final Duration patience;
    private final Runnable refused;

    private final ReentrantLock lock = new ReentrantLock();
    /** Results tell whether the request's turn has come. */
    private final RoundRobin<Queue, CompletableFuture<Boolean>> queues = new RoundRobin<>();

    private int working;
    private int bounded;
    private int nextCrowd;

    /**
     * @param concurrent requests that are carried out at the same time, 1 or more
     * @param waiting    requests that may wait for their turn
     * @param patience   longest wait of a request before it is refused
     * @param refused    called for each refused request
     */
    public Turns(int concurrent, int waiting, Duration patience, Runnable refused) {
        this.concurrent = concurrent;
        this.mostWaiting = waiting;
        this.patience = patience;
        this.refused = refused;
    }

    /** @param crowd {@link #NO_CROWD} for requests whose number is bounded here */
    private record Queue(InetAddress client, int crowd) {

        boolean isBounded() {
            return crowd == NO_CROWD;
        }
    }

    /** @throws Refusal if too many requests wait, or the wait takes too long */
    void begin() {
        begin(new Queue(ClientConnections.client(), NO_CROWD), patience);
    }

    void end() {
        lock.lock();
        try {
            working--;
            letNextBegin();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs {@code work} in its turn.
     *
     * @throws Refusal if too many requests wait, or the wait takes too long
     */
    public <T> T take(Supplier<T> work) {
        begin();
        return finish(work);
    }

    /**
     * Runs {@code work} in its turn, however many requests wait. For requests whose number is bounded elsewhere.
     * Hundreds of them may come at once, such as all requests that wait for one order. Other requests take turns with
     * them, and do not wait for all of them.
     *
     * @throws Refusal if the wait takes too long
     */
    public <T> T takeInAnyCase(Supplier<T> work) {
        begin(new Queue(ClientConnections.client(), crowd()), patience.multipliedBy(CROWD_PATIENCE));
        return finish(work);
    }

    /** Returns the number of requests that wait for their turn. */
    int waiting() {
        lock.lock();
        try {
            return queues.size();
        } finally {
            lock.unlock();
        }
    }

    private <T> T finish(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            end();
        }
    }

    private int crowd() {
        lock.lock();
        try {
            nextCrowd = (nextCrowd + 1) % CROWDS;
            return nextCrowd;
        } finally {
            lock.unlock();
        }
    }

    private void begin(Queue queue, Duration longest) {
        ClientConnections.letOthersBegin();
        var turn = new CompletableFuture<Boolean>();
        lock.lock();
        try {
            if (queue.isBounded() && bounded >= mostWaiting && working >= concurrent) {
                makeRoom(queue);
            }
            enqueue(queue, turn);
            letNextBegin();
        } finally {
            lock.unlock();
        }
        if (!hasCome(turn, longest)) {
            leave(queue, turn);
            throw refusal();
        }
    }

    private void enqueue(Queue queue, CompletableFuture<Boolean> turn) {
        queues.add(queue, turn);
        if (queue.isBounded()) {
            bounded++;
            // Completed only by those who hold the lock.
            turn.whenComplete((come, failure) -> bounded--);
        }
    }

    /** Refuses the last request of the address with most; the new one if its own address would have as many. */
    private void makeRoom(Queue queue) {
        var last = queues.lastBeyond(queue, Queue::isBounded).orElseThrow(this::refusal);
        queues.remove(last.getKey(), last.getValue());
        last.getValue().complete(false);
    }

    private void letNextBegin() {
        while (working < concurrent) {
            var next = queues.next();
            if (next == null) {
                return;
            }
            if (next.complete(true)) {
                working++;
            }
        }
    }

    /** Gives up a wait. The turn may come at the same moment; it is given to the next request. */
    private void leave(Queue queue, CompletableFuture<Boolean> turn) {
        lock.lock();
        try {
            queues.remove(queue, turn);
            if (!turn.complete(false) && turn.join()) {
                working--;
                letNextBegin();
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean hasCome(CompletableFuture<Boolean> turn, Duration longest) {
        try {
            return turn.get(RequestTime.atMost(longest).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Refusal refusal() {
        refused.run();
        return Refusal.overloaded(DETAIL);
    }
}
