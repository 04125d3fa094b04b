package dev.orderflow.edge.connection;

import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Begins requests, a few at a time, in turn of their clients' addresses. Each request first costs processor time, to
 * parse it and often to refuse it. Without turns, a client that sends thousands of requests at once would make all
 * others wait for all of them.
 * <p>
 * A request holds its place until it waits for its body or its {@link dev.orderflow.edge.Turns turn}, or ends; but not
 * for long, because it may wait for something else. Thread-safe.
 */
final class FairDispatch {

    /** Requests that hold a place: enough to occupy all processors, and few to share them with. */
    static final int PLACES = 4 * Runtime.getRuntime().availableProcessors();

    /** Time after which a request loses its place. */
    static final Duration HOLD = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final RoundRobin<InetAddress, Request> waiting = new RoundRobin<>();
    /** Connections that hold a place, and since when; the longest first. */
    private final Map<SocketChannel, Long> places = new LinkedHashMap<>();

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

    private void beginNext() {
        takePlaces().forEach(request -> request.begin().run());
    }

    private List<Request> takePlaces() {
        lock.lock();
        try {
            var next = new ArrayList<Request>();
            while (places.size() < PLACES) {
                var request = waiting.next();
                if (request == null) {
                    break;
                }
                places.put(request.channel(), nanoTime.getAsLong());
                next.add(request);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
