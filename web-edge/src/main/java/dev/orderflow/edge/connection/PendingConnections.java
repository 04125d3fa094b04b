package dev.orderflow.edge.connection;

import dev.orderflow.edge.connection.ClientConnection.Phase;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections in the middle of a request or a response that wait for their client. Each costs a thread and buffers, so
 * their number is bounded, and so is the time of each. Thread-safe.
 * <p>
 * Also counts the memory of bodies and responses, including those of connections that wait for the service. Such
 * connections cannot be closed, so their memory must fit the bound.
 */
final class PendingConnections {

    /**
     * Time in which a client may continue to send an unread body. A connection that is closed earlier could lose the
     * response.
     */
    private static final Duration LINGER = Duration.ofSeconds(2);

    /**
     * Factor on the bound for connections younger than a fifth of the time for headers: when all clients connect at
     * once, the service is slow, not the clients.
     */
    private static final int BURST = 2;

    private static final int YOUNG_SHARE = 5;

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<ClientConnection> waiting = new LinkedHashSet<>();
    private final LongAdder ended = new LongAdder();
    /** Bytes of all connections, including those that do not wait for their client. */
    private long heldBytes;

    private volatile ConnectionLimits limits = ConnectionLimits.DEFAULTS;

    PendingConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void limit(ConnectionLimits limits) {
        this.limits = limits;
    }

    /**
     * Makes a connection wait in {@code phase} with {@code bytes} in memory. It joins the end of the queue unless it is
     * in that phase already: a growing body keeps its position. Closes the connections that have waited longest while
     * there are too many connections or bytes. Returns whether memory is free for this connection.
     */
    boolean enter(ClientConnection connection, Phase phase, long bytes) {
        lock.lock();
        try {
            hold(connection, bytes);
            if (connection.phase() != phase || !waiting.contains(connection)) {
                connection.become(phase, nanoTime.getAsLong());
                waiting.remove(connection);
                waiting.add(connection);
            }
            endLongest(connection, nanoTime.getAsLong());
            return !isTooMuch();
        } finally {
            lock.unlock();
        }
    }

    /** Makes a connection wait for the service; its received data stays in memory. */
    void proceed(ClientConnection connection) {
        connection.become(Phase.WORKING, nanoTime.getAsLong());
        lock.lock();
        try {
            waiting.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    /** Makes a connection wait for the service between two parts of a response, of which none is in memory. */
    void pause(ClientConnection connection) {
        proceed(connection);
        lock.lock();
        try {
            hold(connection, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Makes a connection wait for its client's next request. */
    void rest(ClientConnection connection) {
        connection.become(Phase.SILENT, nanoTime.getAsLong());
        forget(connection);
    }

    /** Removes a connection and its memory from the counts. */
    void forget(ClientConnection connection) {
        lock.lock();
        try {
            waiting.remove(connection);
            hold(connection, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Ends connections that are too slow or too many, and forgets closed ones. */
    void endSlow() {
        var now = nanoTime.getAsLong();
        lock.lock();
        try {
            waiting.stream()
                    .filter(each -> !each.isEnded() && each.age(now) > patience(each.phase()))
                    .forEach(this::end);
            endLongest(null, now);
            waiting.stream().filter(each -> !each.isOpen()).toList().forEach(this::forget);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    long heldBytes() {
        lock.lock();
        try {
            return heldBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of connections ended since the last call. */
    long takeEnded() {
        return ended.sumThenReset();
    }

    /**
     * Ends the oldest connections, which are first in a {@code LinkedHashSet}. The bytes of an ended connection no
     * longer count.
     */
    private void endLongest(@Nullable ClientConnection newest, long now) {
        var young = limits.headerTime().toNanos() / YOUNG_SHARE;
        var size = waiting.size();
        for (var longest : waiting) {
            var most = longest.age(now) < young ? BURST * limits.pending() : limits.pending();
            var isOneTooMany = size > most;
            if ((!isOneTooMany && !isTooMuch()) || longest == newest) {
                return;
            }
            if (!longest.isEnded() && (isOneTooMany || longest.heldBytes() > 0)) {
                end(longest);
                hold(longest, 0);
            }
            size--;
        }
    }

    private boolean isTooMuch() {
        return heldBytes > limits.heldBytes();
    }

    private void end(ClientConnection connection) {
        connection.end();
        ended.increment();
    }

    private void hold(ClientConnection connection, long bytes) {
        heldBytes += bytes - connection.heldBytes();
        connection.hold(bytes);
    }

    private long patience(Phase phase) {
        return switch (phase) {
            case HEADERS -> limits.headerTime().toNanos();
            // The reader of the body answers at the end of that time. This limit is for clients that send no byte at
            // all.
            case BODY -> limits.bodyTime().plusSeconds(2).toNanos();
            case ANSWER -> limits.answerTime().toNanos();
            case LINGER -> LINGER.toNanos();
            case SILENT, WORKING -> Long.MAX_VALUE;
        };
    }
}
