package dev.orderflow.edge.connection;

import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Begins requests, a few at a time, in turn of their clients' addresses. Each request first costs processor time, to
 * parse it and often to refuse it. Without turns, a client that sends thousands of requests at once would make all
 * others wait for all of them.
 * <p>
 * A request holds its place until it waits for its client or has its {@link dev.orderflow.edge.Turns turn}; but not for
 * long, because it may wait for something else. Behind a proxy, all clients have one address. Thread-safe.
 */
final class FairDispatch {

    /** Requests that hold a place: enough to occupy all processors, and few to share them with. */
    static final int PLACES = 4 * Runtime.getRuntime().availableProcessors();

    /** Time after which a request loses its place. */
    static final Duration HOLD = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final RoundRobin<InetAddress, Request> waiting = new RoundRobin<>();
    /** Connections that hold a place, and since when. */
    private final Map<SocketChannel, Long> places = new HashMap<>();

    FairDispatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Request(SocketChannel channel, Runnable begin) {}

    /** Begins a request now or in turn. {@code begin} must not block. */
    void dispatch(SocketChannel channel, InetAddress address, Runnable begin) {
        lock.lock();
        try {
            waiting.add(address, new Request(channel, begin));
        } finally {
            lock.unlock();
        }
        beginNext();
    }

    /**
     * Returns when the connection holds a place, in turn, but before requests of its address that have not begun: those
     * need no memory yet. Interrupts end the wait.
     */
    void await(SocketChannel channel, InetAddress address) throws InterruptedException {
        if (hasPlace(channel)) {
            return;
        }
        var begun = new CountDownLatch(1);
        lock.lock();
        try {
            waiting.addFirst(address, new Request(channel, begun::countDown));
        } finally {
            lock.unlock();
        }
        beginNext();
        begun.await();
    }

    private boolean hasPlace(SocketChannel channel) {
        lock.lock();
        try {
            return places.containsKey(channel);
        } finally {
            lock.unlock();
        }
    }

    /** Frees the place of a connection, if it has one. */
    void free(SocketChannel channel) {
        lock.lock();
        try {
            places.remove(channel);
        } finally {
            lock.unlock();
        }
        beginNext();
    }

    /** Frees the places of slow requests. Call it a few times within {@link #HOLD}. */
    void freeSlow() {
        lock.lock();
        try {
            var now = nanoTime.getAsLong();
            places.values().removeIf(since -> now - since > HOLD.toNanos());
        } finally {
            lock.unlock();
        }
        beginNext();
    }

    /** Takes one at a time: what is not begun stays in the queue, whatever happens to the others. */
    private void beginNext() {
        var next = takePlace();
        while (next != null) {
            next.begin().run();
            next = takePlace();
        }
    }

    private @Nullable Request takePlace() {
        lock.lock();
        try {
            var next = places.size() < PLACES ? waiting.next() : null;
            if (next != null) {
                places.put(next.channel(), nanoTime.getAsLong());
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
