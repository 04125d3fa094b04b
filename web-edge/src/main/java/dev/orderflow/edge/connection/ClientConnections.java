package dev.orderflow.edge.connection;

import dev.orderflow.edge.connection.ClientConnection.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 *   <li>When nearly as many are open as Tomcat takes, silent ones are ended: those of the addresses that have most silent ones,
 *       the longest silent first. Ones that just came are spared, since their request may be on its way.
 *   <li>Connections in the middle of a request or an answer cost a thread and buffers. Beyond a number, the one that has been
 *       in its phase longest is ended, and so is each that is too slow.
 * </ul>
 * Bodies and answers of all connections together have a number of bytes. Beyond, those that wait for their client are ended,
 * too; what is left are requests that are being carried out, and further bodies are refused.
 * <p>
 * From its first byte on, a connection waits for its client, with a bound of number and time, unless it is said
 * otherwise: {@link #proceed()} says that a request is complete, and {@link #sendAnswer} that it has been carried out.
 * Whatever Tomcat does by itself, such as to answer a request that reaches no filter or to read the rest of a body that
 * nobody wanted, is bounded without being known here.
 * <p>
 * A client whose request is being carried out is never cut off. Thread-safe; a connection's phase is only changed by the
 * thread that serves it.
 */
public final class ClientConnections {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

    /** The connection that this thread serves. */
    private static final ThreadLocal<@Nullable Served> CURRENT = new ThreadLocal<>();

    private final LongSupplier nanoTime;
    private final Map<SocketChannel, ClientConnection> open = new ConcurrentHashMap<>();
    private final PendingConnections pending;
    private final SilentConnections silent;
    private long reported;

    ClientConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.pending = new PendingConnections(nanoTime);
        this.silent = new SilentConnections(nanoTime);
    }

    private record Served(ClientConnections all, ClientConnection connection) {}

    /**
     * Notes that this thread no longer waits for its connection's client. A body that it has waited for stays in memory
     * until the answer is sent. Returns whether it may go on: not if the connection was ended meanwhile, since nobody
     * would get the answer.
     */
    public static boolean proceed() {
        var served = CURRENT.get();
        if (served == null) {
            return true;
        }
        served.all.pending.proceed(served.connection);
        return !served.connection.isEnded();
    }

    /**
     * Notes that this thread waits for its connection's client to send a body, for which it is about to have {@code
     * bytes} in memory. Returns whether there is room for them, after those that are slower were ended.
     */
    public static boolean waitForBody(long bytes) {
        var served = CURRENT.get();
        return served == null || served.all.pending.enter(served.connection, Phase.BODY, bytes);
    }

    /** Notes that this thread has refused a request whose body is not read to its end. */
    public static void linger() {
        enter(Phase.LINGER, 0);
    }

    /**
     * Notes that this thread sends an answer of {@code bytes}, until the request is over, and keeps nothing else for
     * it.
     */
    public static void sendAnswer(long bytes) {
        enter(Phase.ANSWER, bytes);
    }

    private static void enter(Phase phase, long bytes) {
        var served = CURRENT.get();
        if (served != null) {
            served.all.pending.enter(served.connection, phase, bytes);
        }
    }

    /** @param most connections that Tomcat takes at the same time */
    void limit(ConnectionLimits limits, int most) {
        pending.limit(limits);
        silent.limit(most);
    }

    void opened(SocketChannel channel) {
        open.put(channel, new ClientConnection(channel, address(channel), nanoTime.getAsLong()));
        silent.endIfTooMany(open.values());
    }

    void closed(SocketChannel channel) {
        var connection = open.remove(channel);
        if (connection != null) {
            pending.forget(connection);
        }
    }

    /** Serves a connection, about which {@code work} says how it goes on. */
    SocketState serve(@Nullable SocketChannel channel, Supplier<SocketState> work) {
        var connection = channel == null ? null : open.get(channel);
        if (connection == null) {
            return work.get();
        }
        if (connection.phase() == Phase.SILENT) {
            pending.enter(connection, Phase.HEADERS, 0);
        }
        CURRENT.set(new Served(this, connection));
        try {
            var state = work.get();
            if (state == SocketState.OPEN) {
                pending.rest(connection);
            } else if (state == SocketState.LONG && connection.phase() != Phase.HEADERS) {
                // The next request has begun together with the end of the one before.
                pending.enter(connection, Phase.HEADERS, 0);
            }
            return state;
        } finally {
            CURRENT.remove();
        }
    }

    /** Ends connections that are too slow, or too many. To be called a few times a second. */
    void upkeep() {
        silent.endIfTooMany(open.values());
        pending.endSlow();
        open.keySet().stream().filter(channel -> !channel.isOpen()).forEach(this::closed);
        report();
    }

    int open() {
        return open.size();
    }

    int pending() {
        return pending.size();
    }

    long heldBytes() {
        return pending.heldBytes();
    }

    /** Logs ended connections, once a second at most. */
    private void report() {
        var now = nanoTime.getAsLong();
        if (now - reported < 1_000_000_000L) {
            return;
        }
        reported = now;
        var endedSilent = silent.takeEnded();
        var endedPending = pending.takeEnded();
        if (endedSilent + endedPending > 0) {
            LOG.warn("connections=ended silent={} slow={} open={}", endedSilent, endedPending, open.size());
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
