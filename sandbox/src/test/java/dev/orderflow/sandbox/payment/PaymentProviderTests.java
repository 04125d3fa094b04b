package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(data);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aCardIsCharged() {
        var order = newOrder();

        charge(order, order, "CARD")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.outcome")
                .isEqualTo("CAPTURED")
                .jsonPath("$.reference")
                .value(String.class, reference -> assertThat(reference).startsWith("pay_"))
                .jsonPath("$.reason")
                .doesNotExist();
        listed().jsonPath("$.total")
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
        var order = newOrder();

        charge(order, order, "CARD_DECLINED")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.outcome")
                .isEqualTo("DECLINED")
                .jsonPath("$.reason")
                .isEqualTo("card declined");
        refund(order + "-refund", order).expectStatus().isEqualTo(409);
    }

    @Test
    void theSameKeyGetsTheSameAnswerAndChargesOnce() {
        var order = newOrder();
        var first = charge(order, order, "CARD").returnResult(String.class).getResponseBody();

        assertThat(charge(order, order, "CARD").returnResult(String.class).getResponseBody())
                .isEqualTo(first);
        listed().jsonPath("$.total").isEqualTo(1).jsonPath("$.items[0].calls").isEqualTo(2);
    }

    @Test
    void theSameKeyForAnotherRequestIsRefused() {
        var order = newOrder();
        charge(order, order, "CARD").expectStatus().isOk();

        charge(order, order, "CARD_DECLINED")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void anotherKeyForTheSameOrderIsAnotherCharge() {
        var order = newOrder();
        charge(order, order, "CARD").expectStatus().isOk();
        charge(order + "-again", order, "CARD").expectStatus().isOk();

        listed().jsonPath("$.total").isEqualTo(2);
    }

    @Test
    void ofConcurrentCallsWithOneKeyOneCharges() throws InterruptedException, ExecutionException {
        var order = newOrder();
        Callable<String> call = () -> charge(order, order, "CARD")
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
        listed().jsonPath("$.total").isEqualTo(1).jsonPath("$.items[0].calls").isEqualTo(20);
    }

    @Test
    void aChargeIsGivenBackOnce() {
        var order = newOrder();
        charge(order, order, "CARD").expectStatus().isOk();
        var first = refund(order + "-refund", order)
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();

        assertThat(first).contains("\"outcome\":\"REFUNDED\"");
        assertThat(refund(order + "-refund", order).returnResult(String.class).getResponseBody())
                .isEqualTo(first);
        refund("another-key", order).expectStatus().isEqualTo(409);
        listed().jsonPath("$.items[0].state").isEqualTo("REFUNDED");
    }

    @Test
    void ofSeveralChargesForAnOrderTheOldestThatWasMadeIsGivenBackFirst() {
        var order = newOrder();
        charge("declined", order, "CARD_DECLINED").expectStatus().isOk();
        charge("first", order, "CARD").expectStatus().isOk();
        charge("second", order, "CARD").expectStatus().isOk();

        refund("refund of first", order).expectStatus().isOk();
        listed().jsonPath("$.items[*].state").isEqualTo(List.of("DECLINED", "REFUNDED", "CAPTURED"));
        refund("refund of second", order).expectStatus().isOk();
        listed().jsonPath("$.items[*].state").isEqualTo(List.of("DECLINED", "REFUNDED", "REFUNDED"));
        refund("another-key", order).expectStatus().isEqualTo(409);
    }

    @Test
    void theKeyOfARefundIsOfOneOrder() {
        var order = newOrder();
        var other = newOrder();
        charge(order, order, "CARD").expectStatus().isOk();
        charge(other, other, "CARD").expectStatus().isOk();
        refund("key", order).expectStatus().isOk();

        refund("key", other).expectStatus().isEqualTo(422);
    }

    @Test
    void nothingIsGivenBackForAnUnknownOrder() {
        refund("key", newOrder())
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNKNOWN_ORDER");
    }

    @Test
    void theNextCallsFailOnDemandAndChargeNothing() {
        var order = newOrder();
        behave("{\"failNext\":2}").expectStatus().isOk();

        charge(order, order, "CARD").expectStatus().isEqualTo(503);
        charge(order, order, "CARD")
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAVAILABLE_ON_DEMAND");
        listed().jsonPath("$.total").isEqualTo(0);
        charge(order, order, "CARD").expectStatus().isOk();
        listed().jsonPath("$.items[0].calls").isEqualTo(1);
    }

    @Test
    void aFailureRateOfOneFailsEveryCallUntilItIsSetBack() {
        var order = newOrder();
        behave("{\"failureRate\":1.0}").expectStatus().isOk();
        charge(order, order, "CARD").expectStatus().isEqualTo(503);

        behave("{}").expectStatus().isOk();
        charge(order, order, "CARD").expectStatus().isOk();
    }

    @Test
    void anAnswerComesAsLateAsAsked() {
        var order = newOrder();
        behave("{\"latencyMillis\":300}").expectStatus().isOk();

        var begun = Instant.now();
        charge(order, order, "CARD").expectStatus().isOk();
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
        var paid = newOrder();
        var answer = charge(paid, paid, "CARD").returnResult(String.class).getResponseBody();
        charge(paid, paid, "CARD").expectStatus().isOk();
        var refunded = newOrder();
        charge(refunded, refunded, "CARD").expectStatus().isOk();
        var refundAnswer = refund(refunded + "-refund", refunded)
                .returnResult(String.class)
                .getResponseBody();
        sandbox.close();
        Files.writeString(data.resolve("payments.jsonl"), "{\"entry\":\"char", StandardOpenOption.APPEND);
        sandbox = Sandbox.start(data);

        listed().jsonPath("$.total")
                .isEqualTo(2)
                .jsonPath("$.items[0].calls")
                .isEqualTo(2)
                .jsonPath("$.items[0].state")
                .isEqualTo("CAPTURED")
                .jsonPath("$.items[1].state")
                .isEqualTo("REFUNDED");
        assertThat(charge(paid, paid, "CARD").returnResult(String.class).getResponseBody())
                .isEqualTo(answer);
        assertThat(refund(refunded + "-refund", refunded)
                        .returnResult(String.class)
                        .getResponseBody())
                .isEqualTo(refundAnswer);
    }

    private static String newOrder() {
        return UUID.randomUUID().toString();
    }

    private RestTestClient.ResponseSpec charge(String key, String order, String method) {
        return post("/provider/payments", key, body(order, method));
    }

    private RestTestClient.ResponseSpec refund(String key, String order) {
        return post("/provider/payments/" + order + "/refund", key, "");
    }

    private RestTestClient.ResponseSpec post(String uri, String key, String body) {
        return sandbox.http()
                .post()
                .uri(uri)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private RestTestClient.ResponseSpec behave(String body) {
        return sandbox.http()
                .put()
                .uri("/sandbox/payments/behaviour")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private RestTestClient.BodyContentSpec listed() {
        return sandbox.http()
                .get()
                .uri("/sandbox/payments")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private static String body(String order, String method) {
        return """
                {"orderId": "%s", "amount": {"amount": "15.30", "currency": "GBP"}, "paymentMethod": "%s"}
                """.formatted(order, method);
    }
}
