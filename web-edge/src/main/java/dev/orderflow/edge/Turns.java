package dev.orderflow.edge;

import dev.orderflow.edge.connection.ClientConnections;
import dev.orderflow.edge.connection.ClientNetwork;
import dev.orderflow.edge.connection.RoundRobin;
import dev.orderflow.edge.context.RequestTime;
import dev.orderflow.edge.problem.Refusal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Bounds the number of requests that are carried out at the same time and of those that wait; refuses the others. With
 * a virtual thread per request, there is no other bound: thousands of requests would wait for a few database
 * connections, each with its body in memory. A request with a time-out waits no longer than that.
 * <p>
 * Clients take turns, so that none waits for all requests of another one. When too many requests wait, the client with
 * most of them is refused. Thread-safe.
 */
public final class Turns {

    private static final String DETAIL =
            "The service has too many requests at the moment. Nothing was done for this one.";

    /** Queues of the requests of {@link #takeInAnyCase}: they have as many turns as this number of other clients. */
    private static final int CROWDS = 8;

    /** Multiple of the patience for which such a request waits, because hundreds may want their turn at once. */
    private static final int CROWD_PATIENCE = 5;

    private final int concurrent;
    private final int mostWaiting;
    private final Duration patience;
    private final Runnable refused;

    private final AtomicInteger crowds = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    /** Results tell whether the request's turn has come. */
    private final RoundRobin<Queue, CompletableFuture<Boolean>> queues = new RoundRobin<>();

    private int working;
    private int bounded;

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

    /** Key of the requests that share a turn. */
    private sealed interface Queue {

        record Client(InetAddress network) implements Queue {}

        record Crowd(int number) implements Queue {}

        default boolean isBounded() {
            return this instanceof Client;
        }
    }

    /**
     * @param client the client's address
     * @throws Refusal if too many requests wait, or the wait takes too long
     */
    void begin(String client) {
        begin(new Queue.Client(ClientNetwork.of(client)), patience);
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
     * @param client the client's address
     * @throws Refusal if too many requests wait, or the wait takes too long
     */
    public <T> T take(String client, Supplier<T> work) {
        begin(client);
        return finish(work);
    }

    /**
     * Runs {@code work} in its turn, however many requests wait. For requests whose number is bounded elsewhere.
     * Hundreds of them may come at once, such as all requests that wait for one order. Other clients take turns with
     * them, and do not wait for all of them.
     *
     * @throws Refusal if the wait takes too long
     */
    public <T> T takeInAnyCase(Supplier<T> work) {
        begin(nextCrowd(), patience.multipliedBy(CROWD_PATIENCE));
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

    private Queue nextCrowd() {
        return new Queue.Crowd(Math.floorMod(crowds.getAndIncrement(), CROWDS));
    }

    private void begin(Queue queue, Duration longest) {
        var turn = new CompletableFuture<Boolean>();
        if (!isAdmitted(queue, turn)) {
            throw refusal();
        }
        ClientConnections.letOthersBegin();
        if (!hasCome(turn, longest)) {
            leave(queue, turn);
            throw refusal();
        }
    }

    private boolean isAdmitted(Queue queue, CompletableFuture<Boolean> turn) {
        lock.lock();
        try {
            if (queue.isBounded() && bounded >= mostWaiting && working >= concurrent && !isRoomMadeFor(queue)) {
                return false;
            }
            enqueue(queue, turn);
            letNextBegin();
            return true;
        } finally {
            lock.unlock();
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

    /** Refuses the last request of the client with most, unless this client would have as many. */
    private boolean isRoomMadeFor(Queue queue) {
        var last = queues.lastOfLongest(queue, Queue::isBounded);
        last.ifPresent(waiter -> {
            queues.remove(waiter.getKey(), waiter.getValue());
            waiter.getValue().complete(false);
        });
        return last.isPresent();
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
