package dev.orderflow.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.TestPropertySource;

@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=sample",
            "spring.mvc.problemdetails.enabled=true",
            "springdoc.api-docs.enabled=false",
            EdgeServer.SMALL
        })
class OpenApiEndpointTests {

    private static final String DOCUMENT = "/v3/api-docs";
    private static final String PAGE = "/swagger-ui.html";
    private static final Pattern LINK = Pattern.compile("(?:href|src|url)(?:=|: )\"([^\"]+)\"");

    @Autowired
    private EdgeServer.Probe probe;

    @Test
    void theDocumentOfTheServiceIsServedAsItIs() throws IOException {
        var answer = get(DOCUMENT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo(new ClassPathResource("openapi/sample.json").getContentAsString(UTF_8));
    }

    @Test
    void allThatThePageRefersToIsServed() {
        var page = get(PAGE);

        assertThat(page.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(LINK.matcher(page.body()).results().map(OpenApiEndpointTests::target))
                .hasSize(4)
                .contains("v3/api-docs")
                .allSatisfy(link -> assertThat(get("/" + link).statusCode()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {DOCUMENT, PAGE})
    void aBrowserAsksForEachChangeAndIsSentItOnce(String path) {
        var answer = get(path);
        var tag = answer.headers().firstValue("ETag").orElseThrow();
        var again = probe.send(HttpRequest.newBuilder(probe.uri(path)).header("If-None-Match", tag));

        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {DOCUMENT, PAGE})
    void nothingCanBeSentToThem(String path) {
        var answer = probe.send(HttpRequest.newBuilder(probe.uri(path)).POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Nested
    @TestPropertySource(properties = "edge.openapi.enabled=false")
    class WithoutDescription {

        @Autowired
        private EdgeServer.Probe undescribed;

        @ParameterizedTest
        @ValueSource(strings = {DOCUMENT, PAGE})
        void theyAreUnknownLikeAnyOtherPath(String path) {
            var unknown = send("/unknown");
            var answer = send(path);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .isEqualTo(unknown.headers().firstValue("Content-Type"));
            assertThat(answer.body())
                    .isEqualTo(unknown.body().replace("/unknown", path).replace("unknown", path.substring(1)));
        }

        private HttpResponse<String> send(String path) {
            return undescribed.send(HttpRequest.newBuilder(undescribed.uri(path)));
        }
    }

    private static String target(MatchResult link) {
        return link.group(1);
    }

    private HttpResponse<String> get(String path) {
        return probe.send(HttpRequest.newBuilder(probe.uri(path)));
    }
}
