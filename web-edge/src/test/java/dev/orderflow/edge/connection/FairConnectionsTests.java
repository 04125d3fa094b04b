package dev.orderflow.edge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections and requests of one address leave some for others. */
class FairConnectionsTests {

    private static final int MOST = 64;

    private final ClientConnections connections = new ClientConnections(() -> 0);
    private LoopbackChannels channels;

    @BeforeEach
    void open() throws IOException {
        channels = new LoopbackChannels();
        connections.limit(ConnectionLimits.DEFAULTS, MOST);
    }

    @AfterEach
    void close() throws IOException {
        channels.close();
    }

    /** Tomcat serves the requests of a pipeline without asking for the next one. */
    @Test
    void aSecondRequestOfAConnectionBeginsInTurn() throws Exception {
        var channel = connect();
        var others = new ArrayList<SocketChannel>();
        connections.dispatch(
                channel,
                () -> connections.serve(channel, () -> {
                    assertThat(ClientConnections.proceed()).isTrue();
                    ClientConnections.sendAnswer(10);
                    for (var each = 0; each < FairDispatch.PLACES; each++) {
                        var other = connected();
                        others.add(other);
                        connections.dispatch(other, () -> {});
                    }
                    var second = CompletableFuture.runAsync(() -> connections.serve(channel, () -> {
                        assertThat(ClientConnections.proceed()).isTrue();
                        return SocketState.OPEN;
                    }));
                    assertThat(second).isNotCompleted();
                    connections.serve(others.getFirst(), () -> SocketState.OPEN);
                    assertThat(second).succeedsWithin(Duration.ofSeconds(10));
                    return SocketState.OPEN;
                }));

        assertThat(others).hasSize(FairDispatch.PLACES);
    }

    /** A request whose body is complete has buffers, and one that has not begun has none. */
    @Test
    void onlyAFewOfManyRequestsHaveTheirBodiesInMemory() throws Exception {
        connections.limit(ConnectionLimits.DEFAULTS, -1);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(500);
        var first = Stream.generate(this::connected).limit(FairDispatch.PLACES).toList();
        first.forEach(channel -> connections.dispatch(channel, () -> {}));
        for (var each = 0; each < 500; each++) {
            var channel = connect();
            connections.dispatch(
                    channel,
                    () -> Thread.startVirtualThread(() -> connections.serve(channel, () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        ClientConnections.waitForBody(1);
                        ClientConnections.proceed();
                        inside.decrementAndGet();
                        done.countDown();
                        return SocketState.CLOSED;
                    })));
        }

        first.forEach(channel -> connections.serve(channel, () -> SocketState.CLOSED));

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValueLessThanOrEqualTo(3 * FairDispatch.PLACES);
    }

    @Test
    void withoutABoundOfConnectionsNoneIsRefused() throws IOException {
        connections.limit(ConnectionLimits.DEFAULTS, -1);

        assertThat(connections.opened(channels.connect().ours())).isTrue();
        assertThat(connections.opened(channels.connect().ours())).isTrue();
    }

    @Test
    void theLastConnectionsAreForAddressesThatHaveFew() throws IOException {
        for (var each = 0; each < MOST - MOST / 16; each++) {
            connect();
        }

        assertThat(connections.opened(channels.connect().ours())).isFalse();
        assertThat(connections.opened(channels.connect("127.0.0.2").ours())).isTrue();
        assertThat(connections.open()).isEqualTo(MOST - MOST / 16 + 1);
    }

    @Test
    void anAddressWhoseConnectionsWereClosedHasNoShare() throws IOException {
        var others = channels.connect("127.0.0.2").ours();
        connections.opened(others);
        var first = connect();
        for (var each = 2; each < MOST - MOST / 16; each++) {
            connect();
        }
        connections.closed(others);
        connections.closed(others);
        assertThat(connections.opened(channels.connect().ours())).isTrue();
        assertThat(connections.opened(channels.connect().ours())).isFalse();

        connections.closed(first);

        assertThat(connections.opened(channels.connect().ours())).isTrue();
    }

    private SocketChannel connected() {
        try {
            return connect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SocketChannel connect() throws IOException {
        var channel = channels.connect().ours();
        connections.opened(channel);
        return channel;
    }
}
