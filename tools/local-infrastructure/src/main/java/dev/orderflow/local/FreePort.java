package dev.orderflow.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Asks the operating system which TCP ports of 127.0.0.1 can be listened on. */
public final class FreePort {

    private static final int LOWEST = 10_000;

    /** Linux's; others begin later. */
    static final int FIRST_OF_CONNECTIONS = 32_768;

    /** So much above it whoever wants a second port looks for that. */
    private static final int LARGEST_OFFSET = 1_000;

    private FreePort() {}

    /**
     * A port that was free a moment ago; nothing keeps another process from taking it before it is used. It is none of those that
     * operating systems give to outgoing connections, any of which could take it, even one that looks whether a server is up there
     * already: such a client may get the very port it connects to, and is connected to itself.
     */
    public static int find() {
        return ThreadLocalRandom.current()
                .ints(LOWEST, FIRST_OF_CONNECTIONS - LARGEST_OFFSET)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow();
    }

    /** Returns {@code port} itself, or a free one if it is 0. */
    public static int orFind(int port) {
        return port == 0 ? find() : port;
    }

    /** Whether a server could listen on {@code port} now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // Without it, connections of a server that was just stopped (TIME_WAIT) would look like a server.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A server whose port is taken would otherwise seem to be up: the other server answers in its place. */
    static void require(int port, String server) {
        if (!isFree(port)) {
            throw new StartFailedException("port " + port + " for " + server + " is already in use");
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
