package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.mvc.problemdetails.enabled=true", EdgeServer.SMALL, "edge.requests.waiting=0"})
class SchemaEndpointTests {

    private static final String SAMPLE = "/schemas/dev.orderflow.sample.happened.v1";

    @Autowired
    private EdgeServer.Probe probe;

    @Test
    void aSchemaIsServedByTheTypeOfItsEvent() {
        var answer = get(SAMPLE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/schema+json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("max-age=300, public");
        assertThat(answer.body()).contains("\"$id\": \"urn:sample\"").contains("größer als nichts");
    }

    @Test
    void aSchemaIsSentOnceToAClientThatKeepsIt() {
        var tag = get(SAMPLE).headers().firstValue("ETag").orElseThrow();
        var again = probe.send(HttpRequest.newBuilder(probe.uri(SAMPLE)).header("If-None-Match", tag));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void aClientThatWantsJsonOrOnlyTheHeadersIsServedToo() {
        var json = probe.send(HttpRequest.newBuilder(probe.uri(SAMPLE)).header("Accept", "application/json"));
        var head = probe.send(HttpRequest.newBuilder(probe.uri(SAMPLE)).method("HEAD", BodyPublishers.noBody()));

        assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.orderflow.sample.happened.v2",
                "dev.orderflow.sample.happened.v1.json",
                "DEV.ORDERFLOW.SAMPLE.HAPPENED.V1",
                "released",
                "%2e%2e",
                "..%5capplication",
                "*",
                "dev.orderflow.sample.happened.v1%00",
                "%F0%9F%98%80"
            })
    void nothingElseOnTheClassPathIsServed(String type) {
        var answer = get("/schemas/" + type);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void anUnknownTypeHasACode() {
        var answer = get("/schemas/dev.orderflow.sample.happened.v2");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"unknown_event_type\"");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void aSchemaDoesNotWaitForTheTurnOfRequestsThatNeedTheDatabase() {
        var things = probe.things();
        var slow = Thread.startVirtualThread(() -> probe.send(HttpRequest.newBuilder(probe.uri("/things/slow"))));
        try {
            await().until(() -> things.inside() == 1);
            assertThat(probe.get(SAMPLE)).isEqualTo(200);
        } finally {
            things.let(1);
            join(slow);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> get(String path) {
        return probe.send(HttpRequest.newBuilder(probe.uri(path)));
    }
}
