package dev.orderflow.edge.connection;

import dev.orderflow.edge.connection.ClientConnection.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks the phase of each connection, and closes some to keep capacity for others.
 * <p>
 * Tomcat accepts a fixed number of connections, and further ones wait until one of those closes. Clients that connect
 * and send nothing, or a byte now and then, could thus exclude all others. Two bounds prevent this by closing
 * connections:
 * <ul>
 * <li>When nearly as many are open as Tomcat accepts, silent ones are closed: those of the addresses with most silent
 * connections, the longest silent first. New connections are spared, because their request may be on its way. If that
 * does not suffice, further ones of those addresses are closed at once.
 * <li>Connections in the middle of a request or a response cost a thread and buffers. Beyond their bound, the one that
 * has been in its phase longest is closed, and so is each that is too slow.
 * </ul>
 * <p>
 * Requests begin in turn of their clients' addresses, see {@link FairDispatch}.
 * <p>
 * Bodies and responses of all connections share a bound of bytes. Beyond it, connections that wait for their client are
 * closed, too. If requests that are being carried out use the memory, further bodies are refused.
 * <p>
 * From its first byte on, a request waits for its client, within bounds of number and time. {@link #proceed()} declares
 * that the request is complete, and {@link #sendAnswer} that it has been carried out. Work that Tomcat does by itself
 * is therefore bounded as well, such as answering a request that reaches no filter, or reading the rest of an unused
 * body.
 * <p>
 * A client whose request is being carried out is never disconnected. Thread-safe; only the thread that serves a
 * connection changes its phase.
 */
public final class ClientConnections {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

    /** Share of connections kept for addresses that have few. */
    private static final int REST = 16;

    /** The connection that this thread serves. */
    private static final ThreadLocal<@Nullable Served> CURRENT = new ThreadLocal<>();

    private final LongSupplier nanoTime;
    private final Map<SocketChannel, ClientConnection> open = new ConcurrentHashMap<>();
    private final PendingConnections pending;
    private final SilentConnections silent;
    private final FairDispatch requests;
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private volatile int nearlyAll = Integer.MAX_VALUE;
    private long reported;

    ClientConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.pending = new PendingConnections(nanoTime);
        this.silent = new SilentConnections(nanoTime);
        this.requests = new FairDispatch(nanoTime);
    }

    private record Served(ClientConnections all, ClientConnection connection) {}

    /**
     * Notes that this thread no longer waits for its connection's client. A received body stays in memory until the
     * response is sent. Returns, in turn with other addresses, whether to continue: not if the connection was closed
     * meanwhile, because the response could not be delivered.
     */
    public static boolean proceed() {
        var served = CURRENT.get();
        if (served == null) {
            return true;
        }
        served.all.pending.proceed(served.connection);
        return served.all.awaitPlace(served.connection) && !served.connection.isEnded();
    }

    /** Notes that this thread's request will wait, so that another may begin meanwhile. */
    public static void letOthersBegin() {
        var served = CURRENT.get();
        if (served != null) {
            served.all.requests.free(served.connection.channel());
        }
    }

    /**
     * Notes that this thread waits for its connection's client to send a body, and will keep {@code bytes} of it in
     * memory. Returns whether memory is free for them, after slower connections were closed.
     */
    public static boolean waitForBody(long bytes) {
        letOthersBegin();
        var served = CURRENT.get();
        return served == null || served.all.pending.enter(served.connection, Phase.BODY, bytes);
    }

    /** Notes that this thread has refused a request without reading its body to the end. */
    public static void linger() {
        enter(Phase.LINGER, 0);
    }

    /**
     * Notes that this thread sends a response of {@code bytes}, until the request ends, and keeps no other data for it.
     */
    public static void sendAnswer(long bytes) {
        enter(Phase.ANSWER, bytes);
    }

    /**
     * Notes that the client has received a part of this thread's response, and that the thread waits for the next part.
     * Returns whether to continue: not if the connection was closed meanwhile.
     */
    public static boolean awaitNextPart() {
        var served = CURRENT.get();
        if (served == null) {
            return true;
        }
        served.all.pending.pause(served.connection);
        return !served.connection.isEnded();
    }

    private static void enter(Phase phase, long bytes) {
        letOthersBegin();
        var served = CURRENT.get();
        if (served != null) {
            served.all.pending.enter(served.connection, phase, bytes);
        }
    }

    /** @param most maximum number of connections that Tomcat accepts; negative if it is unlimited */
    void limit(ConnectionLimits limits, int most) {
        pending.limit(limits);
        if (most > 0) {
            silent.limit(most);
            nearlyAll = most - most / REST;
        }
    }

    /**
     * Registers a new connection, for which silent ones may be ended. Returns whether to serve it: not if nearly as many
     * are open as Tomcat accepts, and its address has its share. Otherwise Tomcat would accept no more, and the queue
     * before it would fill, so that clients of other addresses were ignored and tried again only after a second.
     */
    boolean opened(SocketChannel channel) {
        var address = address(channel);
        if (open.size() >= nearlyAll && hasItsShare(address)) {
            refused.increment();
            return false;
        }
        open.put(channel, new ClientConnection(channel, address, nanoTime.getAsLong()));
        perAddress.merge(address, 1, Integer::sum);
        silent.endIfTooMany(open.values());
        return true;
    }

    /** Returns whether the connection got a place: not if this thread was interrupted. */
    private boolean awaitPlace(ClientConnection connection) {
        try {
            requests.await(connection.channel(), connection.address());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean hasItsShare(InetAddress address) {
        return (long) perAddress.getOrDefault(address, 0) * perAddress.size() >= open.size();
    }

    /** Forgets a closed connection and its memory. */
    void closed(SocketChannel channel) {
        var connection = open.remove(channel);
        if (connection != null) {
            perAddress.computeIfPresent(connection.address(), (address, number) -> number > 1 ? number - 1 : null);
            pending.forget(connection);
        }
    }

    /** Calls {@code serve} for a connection with data, in turn with the connections of other addresses. */
    void dispatch(SocketChannel channel, Runnable serve) {
        var connection = open.get(channel);
        if (connection == null || connection.isEnded()) {
            serve.run(); // It only remains to be closed, which frees capacity.
        } else {
            requests.dispatch(channel, connection.address(), serve);
        }
    }

    /** Serves a connection; {@code work} returns its next state. */
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
                // The next request began directly after the previous one.
                pending.enter(connection, Phase.HEADERS, 0);
            }
            return state;
        } finally {
            CURRENT.remove();
            requests.free(connection.channel());
        }
    }

    /** Closes connections that are too slow, or too many. Call it every 50 ms. */
    void upkeep() {
        silent.endIfTooMany(open.values());
        pending.endSlow();
        requests.freeSlow();
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

    /** Logs closed connections, at most once per second. */
    private void report() {
        var now = nanoTime.getAsLong();
        if (now - reported < 1_000_000_000L) {
            return;
        }
        reported = now;
        var endedSilent = silent.takeEnded();
        var endedPending = pending.takeEnded();
        var refusedNew = refused.sumThenReset();
        if (endedSilent + endedPending + refusedNew > 0) {
            LOG.warn(
                    "connections=ended silent={} slow={} refused={} open={}",
                    endedSilent,
                    endedPending,
                    refusedNew,
                    open.size());
        }
    }

    /** Returns the client's network; this machine if the connection has none or is closed already. */
    private static InetAddress address(SocketChannel channel) {
        try {
            if (channel.getRemoteAddress() instanceof InetSocketAddress address) {
                return ClientNetwork.of(address.getAddress());
            }
        } catch (IOException e) {
            LOG.debug("connection=closed-already cause=\"{}\"", e.toString());
        }
        return InetAddress.getLoopbackAddress();
    }
}
