package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

class PaymentProviderTests {

    @TempDir
    Path data;

    private Sandbox sandbox;
    private ProviderClient provider;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(data);
        provider = new ProviderClient(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    /** The charge would be recorded but could not be returned as JSON. */
    @Test
    void anOrderIdThatIsNoTextIsRefused() {
        sandbox.http()
                .post()
                .uri("/provider/payments")
                .header("Idempotency-Key", "half")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"orderId\": \"a\\ud800\", \"amount\": {\"amount\": \"1.00\", \"currency\": \"GBP\"},"
                        + " \"paymentMethod\": \"CARD\"}")
                .exchange()
                .expectStatus()
                .isBadRequest();
        provider.listed().jsonPath("$.total").isEqualTo(0);
    }

    @Test
    void aCardIsCharged() {
        var order = ProviderClient.newOrder();

        provider.charge(order, order, "CARD")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.outcome")
                .isEqualTo("CAPTURED")
                .jsonPath("$.reference")
                .value(String.class, reference -> assertThat(reference).startsWith("pay_"))
                .jsonPath("$.reason")
                .doesNotExist();
        provider.listed()
                .jsonPath("$.total")
                .isEqualTo(1)
                .jsonPath("$.items[0].orderId")
                .isEqualTo(order)
                .jsonPath("$.items[0].amount.amount")
                .isEqualTo("15.30")
                .jsonPath("$.items[0].amount.currency")
                .isEqualTo("GBP")
                .jsonPath("$.items[0].state")
                .isEqualTo("CAPTURED")
                .jsonPath("$.items[0].idempotencyKey")
                .isEqualTo(order)
                .jsonPath("$.items[0].calls")
                .isEqualTo(1);
    }

    @Test
    void aBadCardIsDeclinedAndThatIsAnAnswer() {
        var order = ProviderClient.newOrder();

        provider.charge(order, order, "CARD_DECLINED")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.outcome")
                .isEqualTo("DECLINED")
                .jsonPath("$.reason")
                .isEqualTo("card declined");
        provider.refund(order + "-refund", order).expectStatus().isEqualTo(409);
    }

    @Test
    void theSameKeyGetsTheSameAnswerAndChargesOnce() {
        var order = ProviderClient.newOrder();
        var first =
                provider.charge(order, order, "CARD").returnResult(String.class).getResponseBody();

        assertThat(provider.charge(order, order, "CARD")
                        .returnResult(String.class)
                        .getResponseBody())
                .isEqualTo(first);
        provider.listed()
                .jsonPath("$.total")
                .isEqualTo(1)
                .jsonPath("$.items[0].calls")
                .isEqualTo(2);
    }

    @Test
    void theSameKeyForAnotherRequestIsRefused() {
        var order = ProviderClient.newOrder();
        provider.charge(order, order, "CARD").expectStatus().isOk();

        provider.charge(order, order, "CARD_DECLINED")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void anotherKeyForTheSameOrderIsAnotherCharge() {
        var order = ProviderClient.newOrder();
        provider.charge(order, order, "CARD").expectStatus().isOk();
        provider.charge(order + "-again", order, "CARD").expectStatus().isOk();

        provider.listed().jsonPath("$.total").isEqualTo(2);
    }

    @Test
    void oneOfSeveralConcurrentCallsWithOneKeyCharges() throws InterruptedException, ExecutionException {
        var order = ProviderClient.newOrder();
        Callable<String> call = () -> provider.charge(order, order, "CARD")
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    threads.invokeAll(Stream.generate(() -> call).limit(20).toList());
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(answers.getFirst().get());
            }
        }
        provider.listed()
                .jsonPath("$.total")
                .isEqualTo(1)
                .jsonPath("$.items[0].calls")
                .isEqualTo(20);
    }

    @Test
    void theNextCallsFailOnDemandAndChargeNothing() {
        var order = ProviderClient.newOrder();
        behave("{\"failNext\":2}").expectStatus().isOk();

        provider.charge(order, order, "CARD").expectStatus().isEqualTo(503);
        provider.charge(order, order, "CARD")
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAVAILABLE_ON_DEMAND");
        provider.listed().jsonPath("$.total").isEqualTo(0);
        provider.charge(order, order, "CARD").expectStatus().isOk();
        provider.listed().jsonPath("$.items[0].calls").isEqualTo(1);
    }

    @Test
    void aFailureRateOfOneFailsEveryCallUntilItIsReset() {
        var order = ProviderClient.newOrder();
        behave("{\"failureRate\":1.0}").expectStatus().isOk();
        provider.charge(order, order, "CARD").expectStatus().isEqualTo(503);

        behave("{}").expectStatus().isOk();
        provider.charge(order, order, "CARD").expectStatus().isOk();
    }

    @Test
    void anAnswerComesAsLateAsAsked() {
        var order = ProviderClient.newOrder();
        behave("{\"latencyMillis\":300}").expectStatus().isOk();

        var begun = Instant.now();
        provider.charge(order, order, "CARD").expectStatus().isOk();
        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void theBehaviourCanBeRead() {
        behave("{\"latencyMillis\":5,\"failureRate\":0.25,\"failNext\":3}")
                .expectStatus()
                .isOk();

        sandbox.http()
                .get()
                .uri("/sandbox/payments/behaviour")
                .exchange()
                .expectBody()
                .json("{\"latencyMillis\":5,\"failureRate\":0.25,\"failNext\":3}");
    }

    @Test
    void aRestartForgetsNothingNotEvenAfterATornLine() throws IOException {
        var paid = ProviderClient.newOrder();
        var answer =
                provider.charge(paid, paid, "CARD").returnResult(String.class).getResponseBody();
        provider.charge(paid, paid, "CARD").expectStatus().isOk();
        var refunded = ProviderClient.newOrder();
        provider.charge(refunded, refunded, "CARD").expectStatus().isOk();
        var refundAnswer = provider.refund(refunded + "-refund", refunded)
                .returnResult(String.class)
                .getResponseBody();
        sandbox.close();
        Files.writeString(data.resolve("payments.jsonl"), "{\"entry\":\"char", StandardOpenOption.APPEND);
        start();

        provider.listed()
                .jsonPath("$.total")
                .isEqualTo(2)
                .jsonPath("$.items[0].calls")
                .isEqualTo(2)
                .jsonPath("$.items[0].state")
                .isEqualTo("CAPTURED")
                .jsonPath("$.items[1].state")
                .isEqualTo("REFUNDED");
        assertThat(provider.charge(paid, paid, "CARD")
                        .returnResult(String.class)
                        .getResponseBody())
                .isEqualTo(answer);
        assertThat(provider.refund(refunded + "-refund", refunded)
                        .returnResult(String.class)
                        .getResponseBody())
                .isEqualTo(refundAnswer);
    }

    private RestTestClient.ResponseSpec behave(String body) {
        return sandbox.http()
                .put()
                .uri("/sandbox/payments/behaviour")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
