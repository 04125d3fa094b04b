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
 * Connections in the middle of a request or an answer that wait for their client. Each costs a thread and buffers, so their
 * number is bounded, and so is the time that each may take. Thread-safe.
 * <p>
 * Also counts what bodies and answers take of memory, and those that wait for the service are counted with the others: they
 * cannot be ended, so there may not be more of them than there is memory for.
 */
final class PendingConnections {

    /** Time for which a client may go on sending a body that is not read any more; otherwise it would not see its answer. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    /**
     * Factor by which the bound is larger for connections that are younger than a fifth of the time for headers: when all
     * clients come at once, it is the service that is slow.
     */
    private static final int BURST = 4;

    private static final int YOUNG_SHARE = 5;

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<ClientConnection> waiting = new LinkedHashSet<>();
    private final LongAdder ended = new LongAdder();
    /** Bytes of all connections, also of those that do not wait for their client. */
    private long heldBytes;

    private volatile ConnectionLimits limits = ConnectionLimits.DEFAULTS;

    PendingConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void limit(ConnectionLimits limits) {
        this.limits = limits;
    }

    /**
     * Makes a connection wait in {@code phase} with {@code bytes} in memory, at the end of the queue unless it has been
     * in that phase: a body that grows stays where it is. Ends those that have waited longest while there are too many,
     * or too many bytes. Returns whether there is room for those of this one.
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

    /** Lets a connection wait for the service instead, which keeps what its client has sent. */
    void proceed(ClientConnection connection) {
        connection.become(Phase.WORKING, nanoTime.getAsLong());
        lock.lock();
        try {
            waiting.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    /** Lets a connection wait for its client's next request. */
    void rest(ClientConnection connection) {
        connection.become(Phase.SILENT, nanoTime.getAsLong());
        forget(connection);
    }

    void forget(ClientConnection connection) {
        lock.lock();
        try {
            waiting.remove(connection);
            hold(connection, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Ends each that has taken longer than it may, those that are too many, and forgets those that are closed. */
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

    /** Returns how many were ended since the last call. */
    long takeEnded() {
        return ended.sumThenReset();
    }

    /** The oldest of a {@code LinkedHashSet} come first. The bytes of a connection do not count any more once it is ended. */
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
            // Whoever reads the body answers at the end of that time; this is for a client that does not even send a
            // byte.
            case BODY -> limits.bodyTime().plusSeconds(2).toNanos();
            case ANSWER -> limits.answerTime().toNanos();
            case LINGER -> LINGER.toNanos();
            case SILENT, WORKING -> Long.MAX_VALUE;
        };
    }
}
