package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.PublishedAnswers;
import dev.orderflow.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

/**
 * Tests that invalid requests are rejected with a problem that names the field. One sandbox serves all tests, since
 * none changes it.
 */
class RefusedRequestTests {

    private static Sandbox sandbox;

    @BeforeAll
    static void start(@TempDir Path data) {
        sandbox = Sandbox.start(data);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"latencyMillis\":-1}",
                "{\"latencyMillis\":60001}",
                "{\"latencyMillis\":\"soon\"}",
                "{\"failureRate\":1.1}",
                "{\"failureRate\":-0.1}",
                "{\"failureRate\":\"NaN\"}",
                "{\"failNext\":-1}",
                "{\"failNext\":99999999999}",
                "{\"failNexd\":1}",
                "[]",
                ""
            })
    void impossibleBehaviourIsRefused(String body) {
        sandbox.http()
                .put()
                .uri("/sandbox/payments/behaviour")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("bad_request");
    }

    @Test
    void aBodyThatIsDeepOrHasAnEndlessNumberIsRefused() {
        for (var value :
                List.of("[".repeat(100) + "]".repeat(100), "9".repeat(1_000), "\"" + "x".repeat(300_000) + "\"")) {
            sandbox.http()
                    .put()
                    .uri("/sandbox/payments/behaviour")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body("{\"failNext\":" + value + "}")
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"GBP\"},\"paymentMethod\":\"CARD\"}",
                "{\"orderId\":\"o\",\"paymentMethod\":\"CARD\"}",
                "{\"orderId\":\"o\",\"amount\":{\"amount\":\"-1\",\"currency\":\"GBP\"},\"paymentMethod\":\"CARD\"}",
                "{\"orderId\":\"o\",\"amount\":{\"amount\":\"1e999999999\",\"currency\":\"GBP\"},\"paymentMethod\":\"CARD\"}",
                "{\"orderId\":\"o\",\"amount\":{\"amount\":\"1\",\"currency\":\"pounds\"},\"paymentMethod\":\"CARD\"}",
                "{\"orderId\":\"o\",\"amount\":{\"amount\":\"1\",\"currency\":\"GBP\"},\"paymentMethod\":\"BARTER\"}",
                "{\"orderId\":\"o\",\"amount\":{\"amount\":\"1\",\"currency\":\"GBP\"}}"
            })
    void anImpossiblePaymentIsRefused(String body) {
        sandbox.http()
                .post()
                .uri("/provider/payments")
                .header("Idempotency-Key", "key")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).containsAnyOf("orderId", "amount", "paymentMethod"));
    }

    @Test
    void problemsAreAnsweredAsPublished() {
        PublishedAnswers.assertUnchanged(getClass(), "published-problems.txt", sandbox.url());
    }

    @Test
    void aCallWithoutKeyIsRefused() {
        sandbox.http()
                .post()
                .uri("/provider/payments")
                .contentType(MediaType.APPLICATION_JSON)
                .body(
                        "{\"orderId\":\"o\",\"amount\":{\"amount\":\"1\",\"currency\":\"GBP\"},\"paymentMethod\":\"CARD\"}")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("Idempotency-Key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=10001", "limit=x", "offset=-1", "offset=99999999999"})
    void aPageOutOfBoundsIsRefused(String query) {
        sandbox.http()
                .get()
                .uri("/sandbox/payments?" + query)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(query.substring(0, query.indexOf('='))));
    }
}
