package dev.orderflow.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/** Finds TCP ports of 127.0.0.1 that are free to listen on. */
public final class FreePort {

    private static final int LOWEST = 10_000;

    /** First ephemeral port of Linux; other systems begin later. */
    static final int FIRST_OF_CONNECTIONS = 32_768;

    /** Largest offset of a second port. */
    private static final int LARGEST_OFFSET = 1_000;

    private static final PortLocks FOUND =
            new PortLocks(Path.of(System.getProperty("java.io.tmpdir"), "orderflow-ports-of-" + userName()));

    private static final int MOST_TRIES = 10_000;

    private FreePort() {}

    /**
     * Returns a port that was free a moment ago. No other caller gets it until this process ends, but a program that does not
     * ask here may still take it. The port is outside the range of ephemeral ports. Any outgoing connection could take an
     * ephemeral port, even that of a client polling whether the server is up: it may get the very port it connects to, and be
     * connected to itself.
     */
    public static int find() {
        return find(FreePort::take);
    }

    /**
     * Returns a port like {@link #find()} that is {@code offset} below another such port.
     *
     * @param offset from 1 to {@value #LARGEST_OFFSET}
     */
    public static int findPair(int offset) {
        return find(port -> isFree(port + offset) && take(port) && take(port + offset));
    }

    private static int find(IntPredicate wanted) {
        return ThreadLocalRandom.current()
                .ints(LOWEST, FIRST_OF_CONNECTIONS - LARGEST_OFFSET)
                .limit(MOST_TRIES)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new StartFailedException("no port of 127.0.0.1 from " + LOWEST + " on is free"));
    }

    private static boolean take(int port) {
        return isFree(port) && FOUND.lock(port);
    }

    /** Returns {@code port} itself, or a free one if it is 0. */
    public static int orFind(int port) {
        return port == 0 ? find() : port;
    }

    /** Returns whether a server could listen on {@code port} now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // Without it, connections of a stopped server (TIME_WAIT) would look like a running server.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Fails if the port is taken. Otherwise the other server would answer, and the new one would seem to be up. */
    static void require(int port, String server) {
        if (!isFree(port)) {
            throw new StartFailedException("port " + port + " for " + server + " is already in use");
        }
    }

    /** Users do not share the file, which only its owner may be able to open. */
    private static String userName() {
        return System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
