package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Failures in a service without configuration of its own. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.mvc.problemdetails.enabled=true")
class FailedRequestTests {

    @Autowired
    private EdgeServer.Probe probe;

    @Test
    void anOutageOfTheDatabaseDiffersFromAnInternalError() {
        var answer = get("/things/outage");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.body()).contains("\"code\":\"temporarily_unavailable\"");
    }

    @Test
    void anInternalErrorIsNotExplainedToClients() {
        var answer = get("/things/mistake");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"internal_error\"").doesNotContain("secret");
    }

    @Test
    void errorsOfHttpHaveACodeToo() {
        assertThat(get("/nowhere").body()).contains("\"code\":\"not_found\"");
        assertThat(probe.send(HttpRequest.newBuilder(probe.uri("/things")).DELETE())
                        .body())
                .contains("\"code\":\"method_not_allowed\"");
    }

    private HttpResponse<String> get(String path) {
        return probe.send(HttpRequest.newBuilder(probe.uri(path)));
    }
}
