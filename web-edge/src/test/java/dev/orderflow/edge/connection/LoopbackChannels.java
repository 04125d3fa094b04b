package dev.orderflow.edge.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Real connections of this machine, of which a test has both ends. */
final class LoopbackChannels implements AutoCloseable {

    private final ServerSocketChannel server;
    private final List<SocketChannel> all = new ArrayList<>();

    LoopbackChannels() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    }

    /** The two ends of a connection. */
    record Ends(SocketChannel ours, SocketChannel clients) {}

    Ends connect() throws IOException {
        return connect("127.0.0.1");
    }

    /** @param from an address of this machine, such as {@code 127.0.0.2} */
    Ends connect(String from) throws IOException {
        var clients = SocketChannel.open().bind(new InetSocketAddress(from, 0));
        clients.connect(server.getLocalAddress());
        var ours = server.accept();
        all.add(clients);
        all.add(ours);
        return new Ends(ours, clients);
    }

    @Override
    public void close() throws IOException {
        for (var channel : all) {
            channel.close();
        }
        server.close();
    }
}
