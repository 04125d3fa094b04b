package dev.orderflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.PublishedAnswers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Tests the HTTP endpoints of the service. */
class PaymentEndpointsIT extends PaymentFixture {

    @Test
    void anUnknownPaymentIsNotFoundAndAMalformedIdIsRefused() {
        http().get()
                .uri("/api/payments/" + order)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("payment_not_found");
        http().get()
                .uri("/api/payments/4711")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("bad_request")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("orderId"));
    }

    @Test
    void schemasOfEventsAreServed() {
        http().get()
                .uri("/schemas/dev.orderflow.payment.completed.v1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("PaymentCompleted");
    }

    @Test
    void theApiIsTheCommittedOne() {
        CommittedApi.assertUnchanged("payment-service", getClass(), "http://127.0.0.1:" + port);
    }

    @Test
    void problemsAreAnsweredAsPublished() {
        PublishedAnswers.assertUnchanged(getClass(), "published-problems.txt", "http://127.0.0.1:" + port);
    }

    @Test
    void allEndpointsSpeakJson(@Autowired ApplicationContext context) {
        var matrix = new MediaTypeMatrix(context, "dev.orderflow.payment");

        matrix.assertAllSayThatTheySpeakJson();
        matrix.assertNothingChangesUnlessCarriedOut(Map.of(), () -> "");
    }
}
