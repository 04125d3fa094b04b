package dev.orderflow.edge.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection, and what it is waiting for. */
final class ClientConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    enum Phase {
        /** No request has begun. Costs little, and ending it costs the client nothing: it opens another one. */
        SILENT,
        /** A request has begun: its headers are not complete, or it does not get further than into Tomcat. */
        HEADERS,
        /** The body of a request is not complete. */
        BODY,
        /** The client does not receive its answer as fast as it is sent. */
        ANSWER,
        /** The client has its answer, and still sends what is not read any more. */
        LINGER,
        /** The client waits for the service. The only phase that may take as long as it wants. */
        WORKING
    }

    private final SocketChannel channel;
    private final @Nullable InetAddress address;
    private volatile Phase phase = Phase.SILENT;
    private volatile long since;
    private volatile boolean ended;
    private long answered;
    private long heldBytes;

    ClientConnection(SocketChannel channel, @Nullable InetAddress address, long now) {
        this.channel = channel;
        this.address = address;
        this.since = now;
        this.answered = now;
    }

    /**
     * Changes the phase, but never between the check and the end of {@link #endIfSilent}. A connection that was not
     * answered meanwhile is silent for as long as it was before: line ends between requests are bytes, too, but no sign
     * that one comes.
     */
    synchronized void become(Phase next, long now) {
        if (phase == Phase.WORKING || phase == Phase.ANSWER) {
            answered = now;
        }
        phase = next;
        since = next == Phase.SILENT ? answered : now;
    }

    /** Ends the connection unless a request has begun; returns whether it did. */
    synchronized boolean endIfSilent() {
        if (phase != Phase.SILENT || ended) {
            return false;
        }
        end();
        return true;
    }

    /**
     * Ends the connection as if the client had: a read finds its end, a write fails. It is closed by its own thread,
     * since Tomcat uses a closed connection's buffers for the next one.
     */
    synchronized void end() {
        ended = true;
        try {
            channel.shutdownInput();
            channel.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("connection=closed-already cause=\"{}\"", e.toString());
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Nullable
    InetAddress address() {
        return address;
    }

    Phase phase() {
        return phase;
    }

    /** Returns how many nanoseconds the connection has been in its phase at {@code now}. */
    long age(long now) {
        return now - since;
    }

    boolean isEnded() {
        return ended;
    }

    /** Returns the bytes in memory. To be called with the lock of {@link PendingConnections}. */
    long heldBytes() {
        return heldBytes;
    }

    /** Sets the bytes in memory. To be called with the lock of {@link PendingConnections}. */
    void hold(long bytes) {
        heldBytes = bytes;
    }
}
