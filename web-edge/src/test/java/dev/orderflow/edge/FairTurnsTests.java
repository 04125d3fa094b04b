package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.test.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** A client with many requests at once does not make others wait for all of them, and is refused before others. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            EdgeServer.SMALL,
            "edge.requests.waiting=4",
            "edge.requests.patience=30s",
            "spring.threads.virtual.enabled=true",
            "spring.mvc.problemdetails.enabled=true"
        })
@Timeout(60)
class FairTurnsTests {

    private static final String SLOW = "GET /things/slow HTTP/1.1\r\nHost: a\r\n\r\n";

    @Autowired
    private EdgeServer.Probe probe;

    private final List<RawClient> clients = new ArrayList<>();
    private final List<RawClient> refused = new ArrayList<>();

    @AfterEach
    void leave() {
        clients.forEach(RawClient::close);
    }

    @Test
    void aClientWithOneRequestWaitsForOneOfAClientWithMany() {
        var first = connect("127.0.0.1").send(SLOW);
        await().until(() -> probe.things().inside() == 1);
        var many = IntStream.range(0, 5)
                .mapToObj(each -> connect("127.0.0.1").send(SLOW))
                .toList();
        assertThat(refused(many)).as("requests beyond the bound").hasSize(1);

        var other = connect("127.0.0.2").send("GET /things HTTP/1.1\r\nHost: a\r\n\r\n");
        await().untilAsserted(() -> assertThat(refused(many)).hasSize(2));

        probe.things().let(2);
        assertThat(other.status()).isEqualTo(200);
        assertThat(first.status()).isEqualTo(200);
        assertThat(probe.things().inside()).isLessThanOrEqualTo(3);
        probe.things().let(2);
        assertThat(many.stream().filter(client -> !refused.contains(client)))
                .extracting(client -> client.head(15_000))
                .hasSize(3)
                .allMatch(head -> head.startsWith("HTTP/1.1 200"));
    }

    /** Returns those of {@code many} that were refused. */
    private List<RawClient> refused(List<RawClient> many) {
        many.stream()
                .filter(client -> !refused.contains(client))
                .filter(client -> client.head(300).contains(" 429 "))
                .forEach(refused::add);
        return refused;
    }

    private RawClient connect(String from) {
        var client = RawClient.connect(probe.port(), from);
        clients.add(client);
        return client;
    }
}
