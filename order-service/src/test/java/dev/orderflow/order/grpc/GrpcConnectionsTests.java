package dev.orderflow.order.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class GrpcConnectionsTests {

    private final GrpcConnections connections = new GrpcConnections(3, 2, 1_000);
    private final Client first = new Client(1);
    private final Client second = new Client(2);
    private final Client third = new Client(3);
    private final Client other = new Client("other", 4);

    /** A connection of a client with its own port. */
    private static final class Client extends EmbeddedChannel {

        private final String host;
        private final int port;

        private Client(int port) {
            this("client", port);
        }

        private Client(String host, int port) {
            this.host = host;
            this.port = port;
        }

        @Override
        public SocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved(host, port);
        }
    }

    @Test
    void anAddressWithTooManyConnectionsLosesItsOwn() {
        connections.admit(other);
        connections.admit(first);
        connections.admit(second);

        assertThat(connections.admit(third)).isTrue();

        assertThat(first.isOpen()).isFalse();
        assertThat(other.isOpen() && second.isOpen()).isTrue();
    }

    @Test
    void aConnectionThatIsGoneAlreadyReplacesNone() {
        connections.admit(first);
        connections.admit(second);

        assertThat(connections.admit(new EmbeddedChannel() {
                    @Override
                    public SocketAddress remoteAddress() {
                        return null;
                    }
                }))
                .isFalse();

        assertThat(first.isOpen() && second.isOpen()).isTrue();
    }

    @Test
    void aNewConnectionReplacesTheOneThatHasBeenWithoutACallForLongest() {
        connections.admit(first);
        connections.admit(second);
        connections.callBegins(first.remoteAddress());
        connections.callEnds(first.remoteAddress());

        assertThat(connections.admit(third)).isTrue();

        assertThat(second.isOpen()).isFalse();
        assertThat(first.isOpen()).isTrue();
        assertThat(connections.size()).isEqualTo(2);
    }

    @Test
    void aNewConnectionIsRefusedWhileAllOthersHaveCalls() {
        connections.admit(first);
        connections.admit(second);
        connections.callBegins(first.remoteAddress());
        connections.callBegins(second.remoteAddress());

        assertThat(connections.admit(third)).isFalse();

        assertThat(connections.size()).isEqualTo(2);
        assertThat(first.isOpen() && second.isOpen()).isTrue();
    }

    @Test
    void theConnectionWithMostAnswersIsClosedWhenTheyAreTooMany() {
        connections.admit(first);
        connections.admit(second);
        connections.hold(first.remoteAddress(), 600);
        connections.hold(second.remoteAddress(), 300);
        assertThat(first.isOpen()).isTrue();

        connections.hold(second.remoteAddress(), 200);

        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void aClosedConnectionIsForgotten() {
        connections.admit(first);
        connections.hold(first.remoteAddress(), 400);

        first.close();
        connections.release(first.remoteAddress(), 400);

        assertThat(connections.size()).isZero();
        assertThat(connections.held()).isZero();
    }
}
