package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.RawClient;
import java.net.http.HttpRequest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** Malformed requests are answered with problem details, also when they reach no controller. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.servlet.multipart.enabled=false",
            "spring.mvc.problemdetails.enabled=true"
        })
class MalformedRequestTests {

    @Autowired
    private EdgeServer.Probe probe;

    @LocalManagementPort
    private int managementPort;

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
        nonsense                                                     | 400
        GET /things HTTP/9.9~Host: a~~                               | 400
        GET /th<ings HTTP/1.1~Host: a~~                              | 400
        GET /things?a={} HTTP/1.1~Host: a~~                          | 400
        GET /%zz HTTP/1.1~Host: a~Connection: close~~                | 400
        GET /things%2Fa HTTP/1.1~Host: a~Connection: close~~         | 400
        GET /things%00 HTTP/1.1~Host: a~Connection: close~~          | 400
        GET /things?text=%zz HTTP/1.1~Host: a~Connection: close~~    | 400
        GET /things?text=%zz HTTP/1.1~Host: a~Content-Type: application/x-www-form-urlencoded~~ | 400
        GET /things?text=%zz HTTP/1.1~Host: a~Content-Type: multipart/form-data; boundary=x~~ | 400
        POST /things?text=%zz HTTP/1.1~Host: a~Content-Type: application/x-www-form-urlencoded~Content-Length: 3~~a=b | 400
        PUT /things?text=%zz HTTP/1.1~Host: a~Content-Type: multipart/form-data~Content-Length: 0~~ | 400
        GET /things HTTP/1.1~~                                       | 400
        GET /things HTTP/1.1~Host: a~Host: b~~                       | 400
        GET /things HTTP/1.1~Host: a b~~                             | 400
        BREW /things HTTP/1.1~Host: a~Connection: close~~            | 405
        GET /nowhere HTTP/1.1~Host: a~Accept: text/html~Connection: close~~ | 404
        POST /things HTTP/1.1~Host: a~Content-Length: many~~         | 400
        POST /things HTTP/1.1~Host: a~Transfer-Encoding: brotli~~    | 400
        POST /things HTTP/1.1~Host: a~Content-Type: application/json~Transfer-Encoding: chunked~~xyz~~ | 400
        POST /things HTTP/1.1~Host: a~Content-Length: 600000~~       | 413
        """)
    void malformedHttpIsAProblem(String request, int status) {
        assertProblem(probe.port(), request, status);
    }

    @Test
    void headersThatAreTooLargeAreAProblem() {
        assertProblem(probe.port(), "GET /things HTTP/1.1~Host: a~X: " + "x".repeat(20_000) + "~~", 400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nonsense                                                     | 400
        GET /th<ings HTTP/1.1~Host: a~~                              | 400
        GET /nowhere HTTP/1.1~Host: a~Accept: text/html~Connection: close~~ | 404
        """)
    void theManagementPortAnswersAlike(String request, int status) {
        assertProblem(managementPort, request, status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "*/*",
                "application/*",
                "application/yaml",
                "application/x-www-form-urlencoded",
                "application/vnd.shop+json",
                "text/plain",
                "nonsense"
            })
    void onlyJsonIsRead(String contentType) {
        var before = probe.things().added();

        assertThat(probe.post("{\"text\": \"a\"}", "Content-Type", contentType)).isEqualTo(415);
        assertThat(probe.things().added()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/xml", "text/html", "application/yaml", "application/problem+json", "image/*;q=0.5"})
    void anUnacceptableRequestIsRefusedBeforeAnyWork(String accept) {
        var before = probe.things().added();

        assertThat(probe.post("{\"text\": \"a\"}", "Content-Type", "application/json", "Accept", accept))
                .isEqualTo(406);
        assertThat(probe.things().added()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "nonsense", "a/b/c", ";;;", "application/json;q=high"})
    void aMalformedAcceptHeaderIsIgnored(String accept) {
        assertThat(probe.post("{\"text\": \"a\"}", "Content-Type", "application/json", "Accept", accept))
                .isEqualTo(200);
    }

    @Test
    void aRefusalIsAProblemWhateverIsAcceptable() {
        var answer = probe.send(HttpRequest.newBuilder(probe.uri("/things"))
                .headers("Content-Type", "application/json", "Accept", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":406");
    }

    private static void assertProblem(int port, String request, int status) {
        try (var client = RawClient.connect(port)) {
            var answer = client.send(request.replace("~", "\r\n") + "\r\n\r\n").rest();

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("application/problem+json", "\"status\":" + status);
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("<html");
        }
    }
}
