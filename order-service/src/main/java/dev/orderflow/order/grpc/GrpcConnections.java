package dev.orderflow.order.grpc;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of gRPC clients, by the client's address and port. Bounds their number, and the bytes of answers
 * that wait for slow clients. The client that occupies most loses its connection and keeps no other out. Thread-safe.
 */
final class GrpcConnections {

    private static final Logger log = LoggerFactory.getLogger(GrpcConnections.class);

    private final int max;
    private final long maxHeld;
    private final Map<SocketAddress, Connection> open = new ConcurrentHashMap<>();
    private final AtomicLong held = new AtomicLong();

    /** @param maxHeld largest number of bytes of answers that are not yet received */
    GrpcConnections(int max, long maxHeld) {
        this.max = max;
        this.maxHeld = maxHeld;
    }

    /**
     * Admits a connection. If there are too many, closes the one that has been without a call for longest instead.
     *
     * @return false if the connection must be closed, because all others have calls
     */
    boolean admit(Channel channel) {
        if (open.size() >= max && !close(connection -> connection.calls.get() == 0, "too many connections")) {
            return false;
        }
        var client = channel.remoteAddress();
        if (client == null) {
            return false;
        }
        var connection = new Connection(channel);
        open.put(client, connection);
        channel.closeFuture().addListener(closed -> open.remove(client, connection));
        return true;
    }

    int size() {
        return open.size();
    }

    long held() {
        return held.get();
    }

    void callBegins(SocketAddress client) {
        var connection = open.get(client);
        if (connection != null) {
            connection.calls.incrementAndGet();
        }
    }

    void callEnds(SocketAddress client) {
        var connection = open.get(client);
        if (connection != null) {
            connection.lastCall = System.nanoTime();
            connection.calls.decrementAndGet();
        }
    }

    /** Counts an answer until {@link #release}; may close a connection. */
    void hold(SocketAddress client, long bytes) {
        var connection = open.get(client);
        if (connection != null) {
            connection.held.addAndGet(bytes);
        }
        if (held.addAndGet(bytes) > maxHeld) {
            open.values().stream()
                    .filter(Connection::isClosable)
                    .max(Comparator.comparingLong(each -> each.held.get()))
                    .ifPresent(most -> most.close("answers not received"));
        }
    }

    void release(SocketAddress client, long bytes) {
        held.addAndGet(-bytes);
        var connection = open.get(client);
        if (connection != null) {
            connection.held.addAndGet(-bytes);
        }
    }

    void close(SocketAddress client, String reason) {
        Optional.ofNullable(open.get(client))
                .filter(Connection::isClosable)
                .ifPresent(connection -> connection.close(reason));
    }

    /** Closes the connection whose last call ended first, among those that {@code closable} accepts. */
    private boolean close(Predicate<Connection> closable, String reason) {
        var now = System.nanoTime();
        var oldest = open.values().stream()
                .filter(closable)
                .filter(Connection::isClosable)
                .max(Comparator.comparingLong(connection -> now - connection.lastCall));
        oldest.ifPresent(connection -> connection.close(reason));
        return oldest.isPresent();
    }

    /** A connection and what its client occupies. */
    private static final class Connection {

        private final Channel channel;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicLong held = new AtomicLong();
        private volatile long lastCall = System.nanoTime();

        private Connection(Channel channel) {
            this.channel = channel;
        }

        private void close(String reason) {
            log.debug("connection=closed reason=\"{}\" calls={} heldBytes={}", reason, calls, held);
            var loop = channel.eventLoop();
            if (loop.inEventLoop()) {
                closeAtOnce();
            } else {
                loop.execute(this::closeAtOnce);
            }
        }

        /** Bypasses the handlers, which would first wait for the client to receive what was sent to it. */
        private void closeAtOnce() {
            channel.unsafe().close(channel.newPromise());
        }

        /** A connection that was just accepted has no event loop yet. */
        private boolean isClosable() {
            return channel.isRegistered() && channel.isActive();
        }
    }
}
