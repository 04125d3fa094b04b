package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.test.RawClient;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The memory of requests is bounded while they are in progress, not only while they are received. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            EdgeServer.SMALL,
            "edge.requests.waiting=50",
            "edge.requests.patience=30s",
            "edge.connections.held=1MB",
            "spring.threads.virtual.enabled=true",
            "spring.mvc.problemdetails.enabled=true"
        })
@Timeout(60)
class RequestMemoryTests {

    private static final int BODY = 400_000;

    @Autowired
    private EdgeServer.Probe probe;

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void leave() {
        clients.forEach(RawClient::close);
    }

    @Test
    void bodiesOfRequestsThatWaitForTheirTurnAreBounded() {
        connect().send("GET /things/slow HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> probe.things().inside() == 1);
        var before = probe.things().added();
        var waiting = Stream.generate(() -> connect().send(post(BODY))).limit(2).toList();
        await().pollDelay(1, TimeUnit.SECONDS).until(() -> true);

        var refused = connect();
        refused.sendIfOpen(post(BODY));

        assertThat(refused.head(5_000)).contains(" 429 ", "Retry-After", "Connection: close");
        var small = connect().send(post(1000));

        probe.things().let(1);
        assertThat(waiting).extracting(RawClient::status).containsOnly(200);
        assertThat(small.status()).isEqualTo(200);
        assertThat(probe.things().added()).isEqualTo(before + 3);
        assertThat(connect().send(post(BODY)).status()).isEqualTo(200);
    }

    /** Waiting reads stay for up to a minute, while other requests wait for a turn. */
    @Test
    void aReadMustNotHaveABody() {
        assertThat(Stream.of("GET", "HEAD", "DELETE", "OPTIONS")
                        .map(method -> connect()
                                .send(method + " /things HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")
                                .head(5_000)))
                .allSatisfy(head -> assertThat(head).startsWith("HTTP/1.1 400").contains("Connection: close"));
        assertThat(connect()
                        .send("GET /things HTTP/1.1\r\n"
                                + "Host: a\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "2\r\n"
                                + "{}\r\n"
                                + "0\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(connect()
                        .send("GET /things HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    /** A service with a heap of 160 MB may have 512 of them at once. */
    @Test
    void aRequestThatWaitsForItsClientNeedsLittleMemory() {
        connect().send("GET /things HTTP/1.1\r\nHost: a\r\n\r\n").status();
        var before = usedHeap();

        for (var each = 0; each < 200; each++) {
            connect().send("POST /things HTTP/1.1\r\nHost: a\r\nContent-Length: 300\r\n\r\n{");
        }
        await().until(() -> probe.connections().pendingConnections() == 200);

        assertThat((usedHeap() - before) / 200).as("bytes per request").isLessThan(70_000);
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private RawClient connect() {
        var client = RawClient.connect(probe.port());
        clients.add(client);
        return client;
    }

    private static String post(int length) {
        var json = "{\"text\": \"a\"}";
        return String.format(
                        Locale.ROOT,
                        "POST /things HTTP/1.1\r\n"
                                + "Host: a\r\n"
                                + "Content-Type: application/json\r\n"
                                + "Content-Length: %d\r\n\r\n",
                        length)
                + json
                + " ".repeat(length - json.length());
    }
}
