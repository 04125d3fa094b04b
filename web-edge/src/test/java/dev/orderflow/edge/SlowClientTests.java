package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.test.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Idle or slow clients do not block active ones. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            EdgeServer.SMALL,
            "edge.requests.waiting=4",
            "edge.requests.patience=800ms",
            "edge.body-time=1500ms",
            "edge.connections.pending=8",
            "edge.connections.held=64MB",
            "edge.connections.header-time=1500ms",
            "edge.connections.answer-time=20s",
            "server.tomcat.max-connections=64",
            "server.tomcat.connection-timeout=20s",
            "server.tomcat.keep-alive-timeout=60s",
            "spring.threads.virtual.enabled=true",
            "spring.mvc.problemdetails.enabled=true"
        })
@Timeout(60)
class SlowClientTests {

    private static final String REQUEST = "POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private EdgeServer.Probe probe;

    private final List<RawClient> clients = new ArrayList<>();

    /** The first request loads classes, which on a busy machine takes longer than the patience of others. */
    @BeforeEach
    void warmUp() {
        await().atMost(30, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> probe.post("{\"text\": \"a\"}", "Content-Type", "application/json") == 200);
    }

    @AfterEach
    void leave() {
        clients.forEach(RawClient::close);
        await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(probe.connections().pendingConnections()).isZero());
    }

    @Test
    void bodiesThatDripTakeNoTurns() {
        var dripping = connect(6).stream()
                .map(client -> client.send(REQUEST + "Content-Length: 100\r\n\r\n{"))
                .toList();

        assertThat(probe.post("{\"text\": \"a\"}", "Content-Type", "application/json"))
                .isEqualTo(200);
        assertThat(drip(dripping)).containsOnly(408);
        assertThat(probe.get("/things")).isEqualTo(200);
    }

    @Test
    void beyondTheBoundTheLongestDrippingConnectionIsClosed() {
        var first = connect(1).getFirst().send(REQUEST + "Content-Length: 100\r\n\r\n{");
        await().until(() -> probe.connections().pendingConnections() == 1);

        connect(8).forEach(client -> client.send(REQUEST + "Content-Length: 100\r\n\r\n{"));

        assertThat(first.ends(2_000)).isTrue();
    }

    @Test
    void headersThatDripEndInTime() {
        var client = connect(1).getFirst();
        var begin = System.nanoTime();

        await().pollInterval(200, TimeUnit.MILLISECONDS)
                .atMost(5, TimeUnit.SECONDS)
                .until(() -> {
                    client.send("G");
                    return client.ends(50);
                });

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }

    /** Requests that do not reach the service, which therefore cannot note that they wait for their client. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /WEB-INF/x HTTP/1.1~Host: a~Content-Length: 60000~~",
                "TRACE /things HTTP/1.1~Host: a~Content-Length: 60000~~",
                "OPTIONS * HTTP/1.1~Host: a~Content-Length: 60000~~",
                "GET /nowhere HTTP/1.1~Host: a~~G"
            })
    void requestsThatNeverLeaveTomcatAreBounded(String request) {
        for (var number = 0; number < 64; number++) {
            connect(1).getFirst().sendIfOpen(request.replace("~", "\r\n"));
        }

        await().atMost(5, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(probe.connections().pendingConnections()).isBetween(1, 8);
            assertThat(probe.connections().openConnections()).isLessThan(12);
        });
        for (var round = 0; round < 5; round++) {
            clients.forEach(client -> client.sendIfOpen("x"));
            await().pollDelay(500, TimeUnit.MILLISECONDS).until(() -> probe.get("/things") == 200);
        }
        assertThat(probe.connections().openConnections()).isLessThan(4);
    }

    @Test
    void lineEndsBetweenRequestsDoNotSpareAConnection() {
        var idle = connect(64);
        var done = new CountDownLatch(1);
        var sending = CompletableFuture.runAsync(() -> sendLineEnds(idle, done));
        await().pollDelay(500, TimeUnit.MILLISECONDS).until(() -> true);

        var other = connect(1).getFirst().send("GET /things HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(other.head(2000)).contains(" 200 ");
        done.countDown();
        assertThat(sending).as("the client that sent line ends").succeedsWithin(PATIENCE);
    }

    @Test
    void silentConnectionsMakeRoomForOthers() {
        for (var round = 0; round < 5; round++) {
            connect(60);
            assertThat(probe.get("/things")).isEqualTo(200);
        }

        assertThat(probe.connections().openConnections()).isLessThanOrEqualTo(64);
    }

    /** A connection that is neither served nor closed would stay until the process ends. */
    @Test
    void eachConnectionOfABurstIsServedOrClosed() {
        for (var round = 0; round < 4; round++) {
            var burst = connect(200);
            var other = RawClient.connect(probe.port(), "127.0.0.2");
            clients.add(other);
            other.send("GET /things HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(other.head(2_000)).contains(" 200 ");

            await().untilAsserted(() -> assertThat(burst.stream().filter(client -> !client.ends(1)))
                    .hasSizeLessThanOrEqualTo(probe.connections().openConnections()));
            burst.forEach(RawClient::close);
        }
    }

    @Test
    void connectionsOfABusyAddressAreClosedBeforeThoseOfOthers() {
        var other = RawClient.connect(probe.port(), "127.0.0.2");
        clients.add(other);
        other.send("GET /things HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(other.status()).isEqualTo(200);

        for (var round = 0; round < 4; round++) {
            connect(40).forEach(client -> client.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"));
            await().pollDelay(300, TimeUnit.MILLISECONDS).until(() -> probe.get("/things") == 200);
        }

        other.send("GET /things HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(other.rest()).contains("HTTP/1.1 200");
    }

    @Test
    void aClientThatDoesNotReceiveItsAnswerHoldsNoTurn() {
        var stalled = connect(3);
        stalled.forEach(client -> client.send("GET /things/large HTTP/1.1\r\nHost: a\r\n\r\n"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> probe.connections().pendingConnections() == 3);

        assertThat(probe.get("/things")).isEqualTo(200);
    }

    /** The turns are so few that all other requests would be refused, including those to unknown paths. */
    @Test
    void aClientThatDoesNotReceiveAFileHoldsNoTurnForPages() {
        connect(16).forEach(client -> client.send("GET /files/large HTTP/1.1\r\nHost: a\r\n\r\n"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> probe.connections().pendingConnections() == 8);

        assertThat(probe.get("/nowhere")).isEqualTo(404);
    }

    @Test
    void aClientThatDoesNotReceiveManySmallAnswersWaitsWithABound() {
        var stalled = connect(1).getFirst();
        // The answer names the path, so a few thousand of them fill the socket's buffers.
        var requests = ("GET /" + "x".repeat(3000) + " HTTP/1.1\r\nHost: a\r\n\r\n").repeat(3_000);
        var sending = CompletableFuture.runAsync(() -> stalled.sendIfOpen(requests));

        await().during(1, TimeUnit.SECONDS)
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> probe.connections().pendingConnections() == 1);
        stalled.close();
        assertThat(sending).as("the client, once its connection is closed").succeedsWithin(PATIENCE);
    }

    @Test
    void requestsWaitForTheirTurnHoweverTheirPathIsWritten() {
        var first = connect(1).getFirst().send("GET /things/slow HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> probe.things().inside() == 1);

        assertThat(List.of(
                        probe.get("/things"),
                        probe.get("/%74hings"),
                        probe.get("/things?await=1"),
                        probe.post("{\"text\": \"a\"}", "Content-Type", "application/json")))
                .containsOnly(429);
        var head = connect(1).getFirst().send("HEAD /things HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(head.rest()).contains(" 429 ", "Retry-After: 1");

        probe.things().let(1);
        assertThat(first.status()).isEqualTo(200);
        assertThat(probe.get("/things")).isEqualTo(200);
    }

    private static void sendLineEnds(List<RawClient> clients, CountDownLatch done) {
        try {
            while (!done.await(50, TimeUnit.MILLISECONDS)) {
                clients.forEach(client -> client.sendIfOpen("\r\n"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<RawClient> connect(int number) {
        var connected = IntStream.range(0, number)
                .mapToObj(each -> RawClient.connect(probe.port()))
                .toList();
        clients.addAll(connected);
        return connected;
    }

    /** Sends a byte on each connection again and again, until all have an answer. */
    private static List<Integer> drip(List<RawClient> dripping) {
        for (var round = 0; round < 4; round++) {
            await().pollDelay(500, TimeUnit.MILLISECONDS).until(() -> true);
            dripping.forEach(client -> client.sendIfOpen(" "));
        }
        return dripping.stream().map(RawClient::status).toList();
    }
}
