package dev.orderflow.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientConnectionsTests {

    private static final int PENDING = 4;
    private static final long HELD = 1_000;
    private static final Duration HEADERS = Duration.ofSeconds(10);
    private static final int SEEDS = 40;

    private final ClientConnections connections = new ClientConnections(() -> this.now);
    private LoopbackChannels channels;
    private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    @BeforeEach
    void open() throws IOException {
        channels = new LoopbackChannels();
        connections.limit(
                new ConnectionLimits(PENDING, HELD, HEADERS, Duration.ofSeconds(5), Duration.ofSeconds(30)), 64);
    }

    @AfterEach
    void close() throws IOException {
        channels.close();
    }

    @Test
    void aRequestIsPendingUntilItIsCompleteAndAgainWhileItsAnswerIsSent() throws IOException {
        var channel = connect();
        assertThat(connections.pending()).isZero();

        connections.serve(channel, () -> {
            assertThat(connections.pending()).isEqualTo(1);
            assertThat(ClientConnections.waitForBody(100)).isTrue();
            assertThat(connections.heldBytes()).isEqualTo(100);
            assertThat(ClientConnections.proceed()).isTrue();
            assertThat(connections.pending()).isZero();
            assertThat(connections.heldBytes())
                    .as("the body while the request is carried out")
                    .isEqualTo(100);
            ClientConnections.sendAnswer(30);
            assertThat(connections.pending()).isEqualTo(1);
            assertThat(connections.heldBytes()).isEqualTo(30);
            return SocketState.OPEN;
        });

        assertThat(connections.pending()).isZero();
        assertThat(connections.heldBytes()).isZero();
        assertThat(connections.open()).isEqualTo(1);
    }

    @Test
    void anAnswerInPartsIsPendingOnlyWhileAPartIsSent() throws IOException {
        var channel = connect();

        connections.serve(channel, () -> {
            for (var part = 0; part < 3; part++) {
                ClientConnections.sendAnswer(30);
                assertThat(connections.pending()).isEqualTo(1);
                assertThat(connections.heldBytes()).isEqualTo(30);
                assertThat(ClientConnections.awaitNextPart()).isTrue();
                assertThat(connections.pending()).isZero();
                assertThat(connections.heldBytes()).isZero();
                now += Duration.ofMinutes(1).toNanos();
                connections.upkeep();
            }
            ClientConnections.sendAnswer(30);
            now += Duration.ofMinutes(1).toNanos();
            connections.upkeep();
            assertThat(ClientConnections.awaitNextPart())
                    .as("after a slow part")
                    .isFalse();
            return SocketState.CLOSED;
        });
    }

    @Test
    void aConnectionThatIsClosedHoldsNothing() throws IOException {
        var channel = connect();
        connections.serve(channel, () -> {
            ClientConnections.waitForBody(100);
            assertThat(connections.heldBytes()).isEqualTo(100);
            connections.closed(channel);
            connections.closed(channel);
            return SocketState.CLOSED;
        });

        assertThat(connections.open()).isZero();
        assertThat(connections.pending()).isZero();
        assertThat(connections.heldBytes()).isZero();
    }

    @Test
    void aConnectionOfWhichNobodyWasToldIsClosedSoonAfter() throws IOException {
        var channel = connect();
        channel.close();

        connections.upkeep();

        assertThat(connections.open()).isZero();
    }

    @Test
    void bodiesOfRequestsThatAreCarriedOutLeaveNoRoomForOthersAndAreNotEnded() throws IOException {
        var working = connect();
        var other = connect();
        connections.serve(working, () -> {
            assertThat(ClientConnections.waitForBody(HELD)).isTrue();
            assertThat(ClientConnections.proceed()).isTrue();
            return connections.serve(other, () -> {
                assertThat(ClientConnections.waitForBody(1)).isFalse();
                return SocketState.OPEN;
            });
        });

        assertThat(isEnded(working)).isFalse();
        assertThat(isEnded(other)).isFalse();
    }

    @Test
    void aRequestWhoseConnectionWasEndedMeanwhileIsNotCarriedOut() throws IOException {
        var slow = connect();
        connections.serve(slow, () -> {
            ClientConnections.waitForBody(10);
            now += HEADERS.multipliedBy(2).toNanos();
            connections.upkeep();
            assertThat(ClientConnections.proceed()).isFalse();
            return SocketState.CLOSED;
        });
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsEndedWhenItsTimeIsOver() throws IOException {
        var channel = connect();
        connections.serve(channel, () -> {
            ClientConnections.proceed();
            ClientConnections.sendAnswer(10);
            now += Duration.ofSeconds(29).toNanos();
            connections.upkeep();
            assertThat(isEnded(channel)).isFalse();

            now += Duration.ofSeconds(2).toNanos();
            connections.upkeep();
            assertThat(isEnded(channel)).isTrue();
            return SocketState.CLOSED;
        });
    }

    @Test
    void aRequestThatWaitsForTheServiceIsNeverEnded() throws IOException {
        var channel = connect();
        connections.serve(channel, () -> {
            ClientConnections.proceed();
            now += Duration.ofHours(1).toNanos();
            connections.upkeep();
            assertThat(ClientConnections.proceed()).isTrue();
            return SocketState.OPEN;
        });

        assertThat(isEnded(channel)).isFalse();
    }

    @Test
    void outsideOfAConnectionNothingIsBounded() {
        assertThat(ClientConnections.proceed()).isTrue();
        assertThat(ClientConnections.waitForBody(Long.MAX_VALUE)).isTrue();
        ClientConnections.linger();
        ClientConnections.sendAnswer(10);

        assertThat(connections.serve(null, () -> SocketState.OPEN)).isEqualTo(SocketState.OPEN);
        assertThat(connections.heldBytes()).isZero();
    }

    @Test
    void whateverTheWorkThrowsTheThreadServesNobodyAfterwards() throws IOException {
        var channel = connect();
        Supplier<SocketState> work = () -> {
            throw new IllegalStateException("test");
        };
        try {
            connections.serve(channel, work);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("test");
        }

        assertThat(ClientConnections.waitForBody(Long.MAX_VALUE)).isTrue();
    }

    /** Random actions of clients, after each of which the counts are those of the open connections. */
    @Test
    void theBoundsHoldAndTheBooksBalance() throws IOException {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var open = new ArrayList<SocketChannel>();
            for (var step = 0; step < 200; step++) {
                now += random.nextLong(HEADERS.toNanos() / 20);
                if (open.isEmpty() || random.nextInt(4) == 0 && open.size() < 40) {
                    open.add(connect());
                } else if (random.nextInt(6) == 0) {
                    connections.closed(open.remove(random.nextInt(open.size())));
                } else {
                    connections.serve(open.get(random.nextInt(open.size())), () -> act(random));
                }
                connections.upkeep();

                assertThat(connections.open()).as("seed %d step %d", seed, step).isEqualTo(open.size());
                assertThat(connections.heldBytes())
                        .as("seed %d step %d", seed, step)
                        .isNotNegative();
                assertThat(connections.pending())
                        .as("seed %d step %d", seed, step)
                        .isBetween(0, open.size());
            }
            open.forEach(connections::closed);
            assertThat(List.of(connections.open(), connections.pending(), (int) connections.heldBytes()))
                    .as("seed %d", seed)
                    .containsOnly(0);
            channels.close();
            channels = new LoopbackChannels();
        }
    }

    private SocketState act(Random random) {
        for (var steps = random.nextInt(4); steps > 0; steps--) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    var hasRoom = ClientConnections.waitForBody(random.nextLong(400));
                    assertThat(hasRoom).isEqualTo(connections.heldBytes() <= HELD);
                }
                case 1 -> ClientConnections.proceed();
                case 2 -> ClientConnections.sendAnswer(random.nextLong(400));
                default -> ClientConnections.linger();
            }
        }
        return random.nextBoolean() ? SocketState.OPEN : SocketState.LONG;
    }

    private SocketChannel connect() throws IOException {
        var channel = channels.connect().ours();
        connections.opened(channel);
        return channel;
    }

    private static boolean isEnded(SocketChannel channel) {
        return channel.socket().isOutputShutdown() && channel.socket().isInputShutdown();
    }
}
