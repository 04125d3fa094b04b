package dev.orderflow.edge.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection and its phase. */
final class ClientConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    /** Phases of a connection, each with its own time limit. */
    enum Phase {
        /** No request has begun. The connection costs little, and closing it costs the client only a new one. */
        SILENT,
        /** A request has begun: its headers are incomplete, or it does not get beyond Tomcat. */
        HEADERS,
        /** The body of a request is incomplete. */
        BODY,
        /** The client receives its response more slowly than it is sent. */
        ANSWER,
        /** The client has its response, and still sends data that is not read any more. */
        LINGER,
        /** The client waits for the service. The only phase without a time limit. */
        WORKING
    }

    private final SocketChannel channel;
    private final InetAddress address;
    private volatile Phase phase = Phase.SILENT;
    private volatile long since;
    private volatile boolean ended;
    private long answered;
    private long heldBytes;

    ClientConnection(SocketChannel channel, InetAddress address, long now) {
        this.channel = channel;
        this.address = address;
        this.since = now;
        this.answered = now;
    }

    /**
     * Changes the phase, but never between the check and the end of {@link #endIfSilent}. Without a response in
     * between, the time of silence continues: line ends between requests do not start a request.
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
     * Ends the connection as if the client had closed it: reads see its end, and writes fail. Only its own thread
     * closes it, because Tomcat reuses a closed connection's buffers for the next one.
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

    SocketChannel channel() {
        return channel;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    InetAddress address() {
        return address;
    }

    Phase phase() {
        return phase;
    }

    /** Returns the nanoseconds that the connection has been in its phase at {@code now}. */
    long age(long now) {
        return now - since;
    }

    boolean isEnded() {
        return ended;
    }

    /** Returns the bytes in memory. Requires the lock of {@link PendingConnections}. */
    long heldBytes() {
        return heldBytes;
    }

    /** Sets the bytes in memory. Requires the lock of {@link PendingConnections}. */
    void hold(long bytes) {
        heldBytes = bytes;
    }
}
