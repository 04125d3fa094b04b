package dev.orderflow.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.connection.ClientConnection.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilentConnectionsTests {

    private static final int MOST = 64;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<ClientConnection> open = new ArrayList<>();
    private final SilentConnections silent = new SilentConnections(() -> this.now);
    private ServerSocketChannel server;
    private long now;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST * 2);
        silent.limit(MOST);
    }

    @AfterEach
    void close() throws IOException {
        for (var channel : channels) {
            channel.close();
        }
        server.close();
    }

    @Test
    void anAddressWithManyLosesSomeAndOneWithFewIsSpared() throws IOException {
        var few = connect(2, 10);
        var many = connect(1, 47);
        now += Duration.ofSeconds(1).toNanos();

        silent.endIfTooMany(open);

        assertThat(few).noneMatch(ClientConnection::isEnded);
        assertThat(many).filteredOn(ClientConnection::isEnded).hasSize(MOST / 8);
    }

    @Test
    void connectionsThatCarryARequestDoNotProtectTheSilentOnesOfOtherAddresses() throws IOException {
        var working = connect(1, 20);
        working.forEach(connection -> connection.become(Phase.WORKING, now));
        for (var address = 2; address < 15; address++) {
            connect(address, 3);
        }
        now += Duration.ofSeconds(1).toNanos();

        silent.endIfTooMany(open);

        assertThat(open).filteredOn(ClientConnection::isEnded).hasSize(MOST / 8);
        assertThat(working).noneMatch(ClientConnection::isEnded);
    }

    @Test
    void anAddressWithFewLosesSomeIfOneWithManyCannot() throws IOException {
        var many = connect(1, 7);
        for (var address = 2; address < 19; address++) {
            connect(address, 3);
        }
        now += Duration.ofSeconds(1).toNanos();
        many.subList(1, 7).forEach(connection -> connection.become(Phase.WORKING, now));

        silent.endIfTooMany(open);

        assertThat(open).filteredOn(ClientConnection::isEnded).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void anAddressWithFewIsSparedWhileOneWithManyIsNew() throws IOException {
        var few = connect(2, 1);
        connect(1, 2);
        now += Duration.ofSeconds(1).toNanos();
        connect(1, 60);

        silent.endIfTooMany(open);

        assertThat(few).noneMatch(ClientConnection::isEnded);
    }

    @Test
    void connectionsBeingClosedDoNotCount() throws IOException {
        connect(1, 60);
        now += Duration.ofSeconds(1).toNanos();

        silent.endIfTooMany(open);
        silent.endIfTooMany(open);

        assertThat(open).filteredOn(ClientConnection::isEnded).hasSize(MOST / 8);
    }

    @Test
    void newConnectionsAreSpared() throws IOException {
        connect(1, 60);

        silent.endIfTooMany(open);

        assertThat(open).noneMatch(ClientConnection::isEnded);
    }

    @Test
    void connectionsThatAreSparedAreNotSearchedAgainForEachNewOne() throws IOException {
        connect(1, 60);
        var counted = new CountedSearches(open);

        for (var each = 0; each < 100; each++) {
            silent.endIfTooMany(counted);
        }
        var searchesAtOnce = counted.searches;
        now += Duration.ofMillis(300).toNanos();
        silent.endIfTooMany(counted);

        assertThat(searchesAtOnce).isEqualTo(2); // One counts the connections.
        assertThat(open).filteredOn(ClientConnection::isEnded).hasSize(MOST / 8);
    }

    private static final class CountedSearches extends AbstractCollection<ClientConnection> {

        private final List<ClientConnection> open;
        private int searches;

        CountedSearches(List<ClientConnection> open) {
            this.open = open;
        }

        @Override
        public Iterator<ClientConnection> iterator() {
            searches++;
            return open.iterator();
        }

        @Override
        public int size() {
            return open.size();
        }
    }

    private List<ClientConnection> connect(int address, int number) throws IOException {
        var from = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) address});
        var connected = new ArrayList<ClientConnection>();
        for (var each = 0; each < number; each++) {
            var channel = SocketChannel.open(server.getLocalAddress());
            channels.add(channel);
            connected.add(new ClientConnection(channel, from, now));
        }
        open.addAll(connected);
        return connected;
    }
}
