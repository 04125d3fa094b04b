package dev.orderflow.edge.connection;

import static java.util.Comparator.comparingInt;

import dev.orderflow.edge.connection.ClientConnection.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what each connection is doing, and ends some so that there is room for others.
 * <p>
 * Tomcat takes a fixed number of connections and lets all others wait until one of those leaves. Clients that connect and
 * do nothing, or one byte in a while, so keep everybody else out. Here, two bounds are kept by ending connections:
 * <ul>
 *   <li>When nearly as many are open as Tomcat takes, silent ones are ended: those of the address that has most, the
 *       longest silent first. Ones that just came are spared, since their request may be on its way.
 *   <li>Connections in the middle of a request or an answer cost a thread and buffers. Beyond a number, or a number of
 *       bytes, the one that has been in its phase longest is ended, and so is each that is too slow.
 * </ul>
 * A client whose request is being carried out is never cut off. Thread-safe; a connection's phase is only changed by the
 * thread that serves it.
 */
public final class ClientConnections {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

    /** The connection that this thread serves. */
    private static final ThreadLocal<@Nullable Served> CURRENT = new ThreadLocal<>();

    /** A silent connection is spared for so long. */
    private static final Duration GRACE = Duration.ofMillis(250);

    /** A client may send on for so long what is not read any more, since it would not see its answer otherwise. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final LongSupplier nanoTime;
    private final Map<SocketChannel, ClientConnection> open = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<ClientConnection> pending = new LinkedHashSet<>();
    private final LongAdder endedSilent = new LongAdder();
    private final LongAdder endedPending = new LongAdder();
    private long heldBytes;
    private volatile ConnectionLimits limits = ConnectionLimits.DEFAULTS;
    private volatile int room = Integer.MAX_VALUE;
    private volatile int atOnce = 1;
    private long reported;

    ClientConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Served(ClientConnections all, ClientConnection connection) {}

    /**
     * Tells that this thread no longer waits for its connection's client. Returns whether it may go on: not if the
     * connection was ended meanwhile, since nobody would get the answer.
     */
    public static boolean proceed() {
        var served = CURRENT.get();
        if (served == null) {
            return true;
        }
        served.connection.requested();
        served.all.become(served.connection, Phase.WORKING, 0);
        return !served.connection.isEnded();
    }

    /** Tells that this thread waits for its connection's client to send a body, of which it has {@code bytes} in memory. */
    public static void waitForBody(long bytes) {
        become(Phase.BODY, bytes);
    }

    /** Tells that this thread has refused a request whose body is not read to its end. */
    public static void linger() {
        become(Phase.LINGER, 0);
    }

    /** Tells that this thread sends an answer of {@code bytes}, until the request is over. */
    public static void sendAnswer(long bytes) {
        become(Phase.ANSWER, bytes);
    }

    private static void become(Phase phase, long bytes) {
        var served = CURRENT.get();
        if (served != null) {
            served.all.become(served.connection, phase, bytes);
        }
    }

    /** @param most connections that Tomcat takes at the same time */
    void limit(ConnectionLimits limits, int most) {
        this.limits = limits;
        // The rest is for those that come while others are on their way out.
        this.atOnce = Math.max(1, most / 8);
        this.room = most - atOnce;
    }

    void opened(SocketChannel channel) {
        open.put(channel, new ClientConnection(channel, address(channel), nanoTime.getAsLong()));
        if (open.size() > room) {
            endSilent();
        }
    }

    void closed(SocketChannel channel) {
        var connection = open.remove(channel);
        if (connection != null) {
            leavePending(connection);
        }
    }

    /** Serves a connection, about which {@code work} says how it goes on. */
    SocketState serve(@Nullable SocketChannel channel, Supplier<SocketState> work) {
        var connection = channel == null ? null : open.get(channel);
        if (connection == null) {
            return work.get();
        }
        connection.startRequest();
        if (connection.phase() == Phase.SILENT) {
            become(connection, Phase.WORKING, 0);
        }
        CURRENT.set(new Served(this, connection));
        try {
            var state = work.get();
            var complete = state != SocketState.LONG || connection.isRequested();
            if (!complete && connection.phase() != Phase.HEADERS) {
                become(connection, Phase.HEADERS, 0);
            } else if (state == SocketState.OPEN) {
                become(connection, Phase.SILENT, 0);
            }
            return state;
        } finally {
            CURRENT.remove();
        }
    }

    /** Ends connections that are too slow, or too many. To be called a few times a second. */
    void upkeep() {
        if (open.size() > room) {
            endSilent();
        }
        var now = nanoTime.getAsLong();
        lock.lock();
        try {
            pending.stream()
                    .filter(each -> !each.isEnded() && each.age(now) > patience(each.phase()))
                    .forEach(this::endPending);
            pending.stream().filter(each -> !each.isOpen()).toList().forEach(this::leavePending);
        } finally {
            lock.unlock();
        }
        open.keySet().stream().filter(channel -> !channel.isOpen()).forEach(this::closed);
        report();
    }

    int open() {
        return open.size();
    }

    int pending() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    private void become(ClientConnection connection, Phase phase, long bytes) {
        switch (phase) {
            case HEADERS, BODY, ANSWER, LINGER -> enterPending(connection, phase, bytes);
            case SILENT, WORKING -> {
                connection.become(phase, nanoTime.getAsLong());
                leavePending(connection);
            }
        }
    }

    /** A body that grows stays where it is in the queue. */
    private void enterPending(ClientConnection connection, Phase phase, long bytes) {
        lock.lock();
        try {
            heldBytes += bytes - connection.heldBytes();
            connection.hold(bytes);
            if (connection.phase() != phase || !pending.contains(connection)) {
                connection.become(phase, nanoTime.getAsLong());
                pending.remove(connection);
                pending.add(connection);
            }
            endLongest(connection);
        } finally {
            lock.unlock();
        }
    }

    private void leavePending(ClientConnection connection) {
        lock.lock();
        try {
            pending.remove(connection);
            heldBytes -= connection.heldBytes();
            connection.hold(0);
        } finally {
            lock.unlock();
        }
    }

    /** The oldest of a {@code LinkedHashSet} come first. What one holds counts no more as soon as it is told to leave. */
    private void endLongest(ClientConnection newest) {
        var tooMany = pending.size() - limits.pending();
        for (var longest : pending) {
            if ((tooMany <= 0 && heldBytes <= limits.heldBytes()) || longest == newest) {
                return;
            }
            if (!longest.isEnded()) {
                endPending(longest);
                heldBytes -= longest.heldBytes();
                longest.hold(0);
            }
            tooMany--;
        }
    }

    private void endPending(ClientConnection connection) {
        connection.end();
        endedPending.increment();
    }

    private synchronized void endSilent() {
        var now = nanoTime.getAsLong();
        var perAddress = new HashMap<@Nullable InetAddress, Integer>();
        open.values().forEach(each -> perAddress.merge(each.address(), 1, Integer::sum));
        // Whoever has few does not make room for whoever has many.
        var many =
                perAddress.values().stream().mapToInt(Integer::intValue).max().orElse(0) / 2;
        var ended = open.values().stream()
                .filter(each -> each.phase() == Phase.SILENT && !each.isEnded())
                // Copied, since what is sorted must not change meanwhile.
                .map(each -> new Silent(each, perAddress.getOrDefault(each.address(), 0), each.age(now)))
                .filter(silent -> silent.age() > GRACE.toNanos() && silent.ofSameAddress() >= many)
                .sorted(comparingInt(Silent::ofSameAddress)
                        .thenComparingLong(Silent::age)
                        .reversed())
                .limit(atOnce)
                .filter(silent -> silent.connection().endIfSilent())
                .count();
        endedSilent.add(ended);
    }

    private record Silent(ClientConnection connection, int ofSameAddress, long age) {}

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

    /** Once a second at most. */
    private void report() {
        var now = nanoTime.getAsLong();
        if (now - reported < 1_000_000_000L) {
            return;
        }
        reported = now;
        var silent = endedSilent.sumThenReset();
        var slow = endedPending.sumThenReset();
        if (silent + slow > 0) {
            LOG.warn("connections=ended silent={} slow={} open={}", silent, slow, open.size());
        }
    }

    private static @Nullable InetAddress address(SocketChannel channel) {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress address ? address.getAddress() : null;
        } catch (IOException e) {
            LOG.debug("connection=closed-already cause=\"{}\"", e.toString());
            return null;
        }
    }
}
