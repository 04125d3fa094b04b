package dev.orderflow.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class ProblemJsonTests {

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @ParameterizedTest
    @CsvSource({
        "400, bad_request, Bad Request",
        "413, content_too_large, Content Too Large",
        "429, too_many_requests, Too Many Requests",
        "503, service_unavailable, Service Unavailable",
        "599, error, Error"
    })
    void theCodeFollowsFromTheStatus(int status, String code, String title) throws IOException {
        ProblemJson.write(response, status, "No.");

        var problem = JsonMapper.shared().readTree(response.getContentAsString());
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(problem.at("/code").asString()).isEqualTo(code);
        assertThat(problem.at("/title").asString()).isEqualTo(title);
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        assertThat(problem.at("/detail").asString()).isEqualTo("No.");
        assertThat(problem.at("/type").asString()).isEqualTo("about:blank");
    }

    @Test
    void allOfItIsSentAtOnceWithItsLengthInBytes() throws IOException {
        ProblemJson.write(response, 400, "odd", "Zu groß.");

        assertThat(response.isCommitted()).isTrue();
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentLength()).isEqualTo(response.getContentAsByteArray().length);
        assertThat(JsonMapper.shared()
                        .readTree(response.getContentAsByteArray())
                        .at("/detail")
                        .asString())
                .isEqualTo("Zu groß.");
    }

    /** No status has a title that would have to be escaped. */
    @Test
    void itIsJsonWhateverTheStatus() {
        for (var status : HttpStatus.values()) {
            var problem = JsonMapper.shared().readTree(ProblemJson.bytes(status.value(), "code", "No."));

            assertThat(problem.at("/title").asString())
                    .isEqualTo(HttpStatus.valueOf(status.value()).getReasonPhrase());
        }
    }
}
