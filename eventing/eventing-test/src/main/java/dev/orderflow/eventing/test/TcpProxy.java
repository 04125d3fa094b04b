package dev.orderflow.eventing.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Proxy between a client and a server on this machine. It can lose connections like a firewall that has forgotten them: neither
 * side is notified, and no more data arrives.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    /** @param target the server's port */
    public TcpProxy(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** Returns the port to connect to instead of the server's. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Drops all data of the current connections from now on. New connections work. */
    public void loseConnections() {
        links.forEach(link -> link.lost = true);
    }

    @Override
    public void close() {
        close(listener);
        links.forEach(Link::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var link = new Link(listener.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
                links.add(link);
                Thread.ofVirtual().start(() -> link.copy(link.client, link.server));
                Thread.ofVirtual().start(() -> link.copy(link.server, link.client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void close(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client's connection and its counterpart to the server. */
    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean lost;

        private Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** Copies data. Discards the data of a lost connection, and does not pass its end on. */
        private void copy(Socket from, Socket to) {
            var buffer = new byte[BUFFER];
            try {
                for (var count = 0; count >= 0; count = from.getInputStream().read(buffer)) {
                    if (!lost) {
                        to.getOutputStream().write(buffer, 0, count);
                    }
                }
            } catch (IOException e) {
                // One side has closed the connection: close the other side too.
            }
            if (!lost) {
                close();
            }
        }

        private void close() {
            links.remove(this);
            TcpProxy.close(client);
            TcpProxy.close(server);
        }
    }
}
