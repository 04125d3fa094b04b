package dev.orderflow.order.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.test.PublishedAnswers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Clients get the problem details that were published, byte for byte. */
class PublishedProblemsTests extends OrderRequestScenario {

    @Test
    void problemsAreAnsweredAsPublished() {
        given(reader.get(eq(id(1)), any())).willThrow(OrderReader.notFound(id(1)));
        given(reader.get(eq(id(2)), any())).willThrow(Refusal.overloaded("Later.", Duration.ofSeconds(2)));
        given(reader.get(eq(id(3)), any())).willThrow(new DataAccessResourceFailureException("connection refused"));
        given(reader.get(eq(id(4)), any())).willThrow(new IllegalStateException("secret"));

        PublishedAnswers.assertUnchanged(getClass(), "published-problems.txt", this::send);
    }

    private String send(PublishedAnswers.Request request) {
        var answer = mvc.method(HttpMethod.valueOf(request.method()))
                .uri(request.uri())
                .contentType(MediaType.APPLICATION_JSON)
                .content(request.body())
                .exchange();
        return answer.getResponse().getStatus() + " " + body(answer);
    }

    private static String body(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), UTF_8);
    }

    private static UUID id(int number) {
        return UUID.fromString("019a9999-0000-7000-8000-00000000000" + number);
    }
}
