package dev.orderflow.edge.connection;

import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * A request holds its place until it ends, but not for long: a slow one waits for its client or for resources that
 * have bounds of their own. Thread-safe.
 */
final class FairDispatch {

    /** Requests that hold a place: many, because each may wait; few against the thousands of one client. */
    static final int PLACES = 64;

    /** Time after which a request loses its place. */
    static final Duration HOLD = Duration.ofMillis(100);

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    /** Requests that wait for a place; the address whose turn is next comes first. */
    private final Map<InetAddress, Deque<Request>> waiting = new LinkedHashMap<>();
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
            waiting.computeIfAbsent(address, key -> new ArrayDeque<>()).add(new Request(channel, begin));
        } finally {
            lock.unlock();
        }
        beginNext();
    }

    /** Frees the place of a connection whose request has ended. */
    void done(SocketChannel channel) {
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
            while (places.size() < PLACES && !waiting.isEmpty()) {
                var request = nextInTurn();
                places.put(request.channel(), nanoTime.getAsLong());
                next.add(request);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private Request nextInTurn() {
        var first = waiting.entrySet().iterator().next();
        var requests = first.getValue();
        waiting.remove(first.getKey());
        var request = requests.remove();
        if (!requests.isEmpty()) {
            waiting.put(first.getKey(), requests);
        }
        return request;
    }
}
