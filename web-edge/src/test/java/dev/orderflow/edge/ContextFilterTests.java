package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.RawClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Each request has its context while it is carried out, and gets it back whatever its answer is. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"edge.requests.concurrent=16", "spring.mvc.problemdetails.enabled=true"})
class ContextFilterTests {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final List<String> GIVEN = List.of(
            "X-Request-Id", "r-1",
            "X-EO-Event-ID", "e-1",
            "X-EO-Causation-ID", "c-1",
            "X-EO-Business-Intent", "reorder",
            "X-Request-Timeout-Ms", "5000",
            "traceparent", PARENT,
            "tracestate", "congo=t61rcWkgMzE");

    @Autowired
    private EdgeServer.Probe probe;

    @Test
    void eventsAndLogsHaveTheContextOfTheRequest() {
        var answer = probe.send(request("/things/context").headers(GIVEN.toArray(String[]::new)));

        assertThat(answer.body())
                .contains("causationId=e-1", "intent=reorder", "traceparent=" + PARENT, "tracestate=congo=t61rcWkgMzE")
                .contains("requestId=r-1", "traceId=0af7651916cd43dd8448eb211c80319c")
                .doesNotContain("deadline=null");
        assertReturned(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /things, 200",
        "GET, /nowhere, 404",
        "PUT, /things, 405",
        "GET, /things/mistake, 500",
        "GET, /things/outage, 503",
        "GET, /things?text=%zz, 400",
        "GET, /files/broken, 500"
    })
    void theContextIsReturnedWithEveryAnswer(String method, String path, int status) {
        try (var client = RawClient.connect(probe.port())) {
            var headers = new StringBuilder();
            for (var i = 0; i < GIVEN.size(); i += 2) {
                headers.append(GIVEN.get(i))
                        .append(": ")
                        .append(GIVEN.get(i + 1))
                        .append("\r\n");
            }
            var answer = client.send(
                            method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n")
                    .rest();

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .contains(headers.toString().split("\r\n"));
        }
    }

    @Test
    void theContextIsReturnedWithARefusedBody() {
        var request = HttpRequest.newBuilder(probe.uri("/things"))
                .headers(GIVEN.toArray(String[]::new))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("x".repeat(600_000)));

        var answer = probe.send(request);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertReturned(answer);
    }

    @Test
    void aRequestWithoutAnIdGetsOne() {
        var first = probe.send(request("/things"));
        var second = probe.send(request("/things"));

        assertThat(id(first)).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(id(second)).isNotEqualTo(id(first));
        assertThat(first.headers().firstValue("traceparent")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "X-Request-Id, a b",
        "X-Request-Id, ''",
        "X-EO-Event-ID, <script>",
        "X-EO-Causation-ID, 'a\"b'",
        "X-EO-Business-Intent, 1",
        "X-Request-Timeout-Ms, 99",
        "X-Request-Timeout-Ms, 99999999999999999999"
    })
    void aMalformedHeaderIsRefusedByName(String header, String value) {
        var answer = probe.send(request("/things/context").header(header, value));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains(
                        "\"code\":\"invalid_header\"", "\"errors\":[{\"field\":\"" + header + "\",\"message\":\"must");
        if (value.length() > 5) {
            assertThat(answer.headers().map().toString() + answer.body()).doesNotContain(value);
        }
        assertThat(id(answer)).isNotEmpty();
    }

    /** The header is about as large as the web server accepts. */
    @Test
    void aLargeHeaderIsRefusedWithAShortAnswer() {
        var answer = probe.send(request("/things").header("X-Request-Id", "x".repeat(6_000)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).hasSizeLessThan(400);
    }

    @Test
    void aMalformedHeaderIsRefusedBeforeTheBodyIsRead() {
        try (var client = RawClient.connect(probe.port())) {
            client.send("POST /things HTTP/1.1\r\nHost: a\r\nX-Request-Id: a b\r\nContent-Length: 400000\r\n\r\nhalf");

            assertThat(client.head(5_000)).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aMalformedTraceIsNoReasonToRefuse() {
        var answer = probe.send(request("/things/context").header("traceparent", "<nonsense>"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("traceparent").orElseThrow()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }

    @Test
    void concurrentRequestsHaveTheirOwnContexts() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<HttpResponse<String>>>();
            IntStream.range(0, 100)
                    .forEach(number -> answers.add(threads.submit(
                            () -> probe.send(request("/things/context").header("X-Request-Id", "r-" + number + ".")))));
            for (var number = 0; number < answers.size(); number++) {
                assertThat(answers.get(number).get().body())
                        .contains("causationId=r-" + number + ".", "requestId=r-" + number + ".");
            }
        }
        assertThat(probe.send(request("/things/context")).body()).doesNotContain("r-");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(probe.uri(path));
    }

    private static void assertReturned(HttpResponse<?> answer) {
        for (var i = 0; i < GIVEN.size(); i += 2) {
            assertThat(answer.headers().allValues(GIVEN.get(i).toLowerCase(Locale.ROOT)))
                    .as(GIVEN.get(i))
                    .containsExactly(GIVEN.get(i + 1));
        }
    }

    private static String id(HttpResponse<?> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }
}
