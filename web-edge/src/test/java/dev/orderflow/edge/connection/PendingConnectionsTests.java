package dev.orderflow.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.connection.ClientConnection.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PendingConnectionsTests {

    private static final int MOST = 4;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final PendingConnections pending = new PendingConnections(() -> this.now);
    private ServerSocketChannel server;
    private long now;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        pending.limit(new ConnectionLimits(
                MOST, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30)));
    }

    @AfterEach
    void close() throws IOException {
        for (var channel : channels) {
            channel.close();
        }
        server.close();
    }

    @Test
    void aBurstOfConnectionsIsSparedWhileTheyAreYoung() throws IOException {
        var crowd = enter(2 * MOST);

        assertThat(crowd).noneMatch(ClientConnection::isEnded);
    }

    @Test
    void beyondTheBurstTheLongestWaitingIsEnded() throws IOException {
        var crowd = enter(2 * MOST + 1);

        assertThat(crowd.getFirst().isEnded()).isTrue();
        assertThat(crowd.subList(1, crowd.size())).noneMatch(ClientConnection::isEnded);
    }

    @Test
    void agedConnectionsOfABurstAreEndedWithoutANewOne() throws IOException {
        var crowd = enter(2 * MOST);
        now += Duration.ofSeconds(3).toNanos();

        pending.endSlow();

        assertThat(crowd.subList(0, MOST)).allMatch(ClientConnection::isEnded);
        assertThat(crowd.subList(MOST, 2 * MOST)).noneMatch(ClientConnection::isEnded);
    }

    @Test
    void youngOnesThatHoldTooManyBytesAreEnded() throws IOException {
        var first = enter(1).getFirst();
        pending.enter(first, Phase.BODY, 600);
        var second = enter(1).getFirst();

        assertThat(pending.enter(second, Phase.BODY, 600)).isTrue();

        assertThat(first.isEnded()).isTrue();
        assertThat(second.isEnded()).isFalse();
    }

    private List<ClientConnection> enter(int number) throws IOException {
        var entered = new ArrayList<ClientConnection>();
        for (var i = 0; i < number; i++) {
            var channel = SocketChannel.open(server.getLocalAddress());
            channels.add(channel);
            var connection = new ClientConnection(channel, InetAddress.getLoopbackAddress(), now);
            pending.enter(connection, Phase.HEADERS, 0);
            entered.add(connection);
        }
        return entered;
    }
}
