package dev.orderflow.order.grpc;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
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
    private final int perClient;
    private final long maxHeld;
    private final Map<SocketAddress, Connection> open = new ConcurrentHashMap<>();
    private final AtomicLong held = new AtomicLong();

    /**
     * @param max       open connections
     * @param perClient those of one address
     * @param maxHeld   largest number of bytes of answers that are not yet received
     */
    GrpcConnections(int max, int perClient, long maxHeld) {
        this.max = max;
        this.perClient = perClient;
        this.maxHeld = maxHeld;
    }

    /**
     * Admits a connection. If there are too many, closes the one that has been without work for longest instead: of the
     * same address, if that has too many, and otherwise of all. Calls whose client keeps the service waiting do not count as
     * work.
     *
     * @return false if the connection must be closed, because the service works for all others
     */
    boolean admit(Channel channel) {
        var client = channel.remoteAddress();
        if (client == null) {
            return false;
        }
        var connection = new Connection(channel, hostOf(client));
        if (!hasRoomFor(connection)) {
            return false;
        }
        open.put(client, connection);
        channel.closeFuture().addListener(closed -> open.remove(client, connection));
        return true;
    }

    private boolean hasRoomFor(Connection added) {
        Predicate<Connection> sameHost = each -> each.host.equals(added.host);
        if (open.values().stream().filter(sameHost).count() >= perClient) {
            return replace(sameHost);
        }
        return open.size() < max || replace(any -> true);
    }

    private static String hostOf(SocketAddress client) {
        return client instanceof InetSocketAddress address ? address.getHostString() : client.toString();
    }

    int size() {
        return open.size();
    }

    long held() {
        return held.get();
    }

    /** Counts a call that the service works on until {@link #callEnds}. */
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

    /** Closes the connection without work whose last call ended first, and forgets it at once: others arrive meanwhile. */
    private boolean replace(Predicate<Connection> candidates) {
        var now = System.nanoTime();
        var oldest = open.values().stream()
                .filter(candidates)
                .filter(connection -> connection.calls.get() == 0)
                .filter(Connection::isClosable)
                .max(Comparator.comparingLong(connection -> now - connection.lastCall));
        oldest.ifPresent(connection -> {
            open.values().remove(connection);
            connection.close("too many connections");
        });
        return oldest.isPresent();
    }

    /** A connection and what its client occupies. */
    private static final class Connection {

        private final Channel channel;
        private final String host;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicLong held = new AtomicLong();
        private volatile long lastCall = System.nanoTime();

        private Connection(Channel channel, String host) {
            this.channel = channel;
            this.host = host;
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

        /** Returns whether the connection is open and has an event loop, which one that was just accepted has not. */
        private boolean isClosable() {
            return channel.isRegistered() && channel.isActive();
        }
    }
}
