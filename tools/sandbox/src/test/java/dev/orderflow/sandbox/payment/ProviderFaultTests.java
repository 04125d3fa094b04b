package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.sandbox.Sandbox;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Tests the fault switches over HTTP, as the demo uses them. */
class ProviderFaultTests {

    @TempDir
    Path data;

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.startForDemo(data);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aChargeIsDeclinedOnDemandAndThatIsBookedLikeAnyOther() {
        var order = newOrder();
        switchOn("{\"action\":\"DECLINE\",\"times\":1}").expectStatus().isCreated();

        var first =
                charge(order).expectStatus().isOk().returnResult(String.class).getResponseBody();
        assertThat(first).contains("\"outcome\":\"DECLINED\"").contains("\"reason\":\"card declined\"");
        assertThat(charge(order).returnResult(String.class).getResponseBody()).isEqualTo(first);
        sandbox.close();
        sandbox = Sandbox.startForDemo(data);

        assertThat(charge(order).returnResult(String.class).getResponseBody()).isEqualTo(first);
        get("/sandbox/payments")
                .jsonPath("$.items[0].state")
                .isEqualTo("DECLINED")
                .jsonPath("$.items[0].calls")
                .isEqualTo(3);
    }

    @Test
    void aCapturedPaymentStaysCapturedWhenTheShopRepeatsTheCall() {
        var order = newOrder();
        var first = charge(order).returnResult(String.class).getResponseBody();
        switchOn("{\"action\":\"DECLINE\"}").expectStatus().isCreated();

        assertThat(charge(order).returnResult(String.class).getResponseBody()).isEqualTo(first);
    }

    @Test
    void theCallsForOneOrderFailAndChargeNothing() {
        var order = newOrder();
        switchOn("{\"action\":\"FAIL\",\"times\":2,\"orderId\":\"" + order + "\"}")
                .expectStatus()
                .isCreated();

        charge(newOrder()).expectStatus().isOk();
        charge(order)
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAVAILABLE_ON_DEMAND");
        get("/sandbox/faults").jsonPath("$.items[0].remaining").isEqualTo(1);
        charge(order).expectStatus().isEqualTo(503);
        get("/sandbox/payments").jsonPath("$.total").isEqualTo(1);
        charge(order).expectStatus().isOk();
        get("/sandbox/faults").jsonPath("$.items").isEmpty();
    }

    @Test
    void aCallThatHangsIsAnsweredWhenItsFaultIsClearedAndHasChargedNothing() {
        var order = newOrder();
        var fault = idOf(switchOn("{\"action\":\"HANG\",\"times\":1,\"card\":\"CARD\"}"));
        try (var client = HttpClient.newHttpClient()) {
            var hanging = chargeLater(client, order);
            await().untilAsserted(() -> get("/sandbox/faults")
                    .jsonPath("$.items[0].hanging")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].remaining")
                    .isEqualTo(0));
            assertThat(hanging).isNotDone();

            clear("/sandbox/faults/" + fault).expectStatus().isNoContent();

            assertRefused(hanging);
        }
        get("/sandbox/payments").jsonPath("$.total").isEqualTo(0);
        charge(order).expectStatus().isOk();
    }

    @Test
    void callsThatHangHoldNoThreads() {
        switchOn("{\"action\":\"HANG\"}").expectStatus().isCreated();
        try (var client = HttpClient.newHttpClient()) {
            var before = ManagementFactory.getThreadMXBean().getThreadCount();
            var hanging = IntStream.range(0, 300)
                    .mapToObj(n -> chargeLater(client, newOrder()))
                    .toList();
            await().untilAsserted(() ->
                    get("/sandbox/faults").jsonPath("$.items[0].hanging").isEqualTo(300));

            assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 100);

            clear("/sandbox/faults").expectStatus().isNoContent();
            assertThat(hanging).allSatisfy(ProviderFaultTests::assertRefused);
        }
    }

    @Test
    void aStoppingSandboxDoesNotWaitForHangingCalls() {
        switchOn("{\"action\":\"HANG\"}").expectStatus().isCreated();
        try (var client = HttpClient.newHttpClient()) {
            var hanging = chargeLater(client, newOrder());
            await().untilAsserted(() ->
                    get("/sandbox/faults").jsonPath("$.items[0].hanging").isEqualTo(1));

            sandbox.close();

            assertRefused(hanging);
        }
    }

    @Test
    void aFaultIsListedAsItWasAskedFor() {
        switchOn("{\"action\":\"FAIL\",\"times\":3,\"card\":\"CARD\",\"orderId\":\"4711\"}");
        switchOn("{\"action\":\"DECLINE\"}");

        get("/sandbox/faults").json("""
                {"items": [{"action": "FAIL", "remaining": 3, "card": "CARD", "orderId": "4711", "hanging": 0},
                           {"action": "DECLINE", "remaining": null, "card": null, "orderId": null, "hanging": 0}]}
                """);
    }

    @Test
    void anUnknownFaultCannotBeCleared() {
        clear("/sandbox/faults/" + UUID.randomUUID())
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNKNOWN_FAULT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"action\":\"EXPLODE\"}",
                "{\"action\":\"FAIL\",\"times\":0}",
                "{\"action\":\"FAIL\",\"times\":1000001}",
                "{\"action\":\"FAIL\",\"card\":\"BARTER\"}",
                "{\"action\":\"FAIL\",\"orderId\":\"\"}",
                "{\"action\":\"FAIL\",\"time\":1}"
            })
    void anImpossibleFaultIsRefusedNamingTheField(String body) {
        switchOn(body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail).containsAnyOf("action", "times", "card", "orderId", "time"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void thereAreNoSwitchesOutsideTheDemo(String method) {
        sandbox.close();
        sandbox = Sandbox.start(data);

        var request = sandbox.http().method(HttpMethod.valueOf(method)).uri("/sandbox/faults");
        if (method.equals("POST")) {
            request.contentType(MediaType.APPLICATION_JSON).body("{\"action\":\"FAIL\"}");
        }
        request.exchange().expectStatus().isNotFound();
        charge(newOrder()).expectStatus().isOk();
    }

    private static String newOrder() {
        return UUID.randomUUID().toString();
    }

    private RestTestClient.ResponseSpec charge(String order) {
        return sandbox.http()
                .post()
                .uri("/provider/payments")
                .header("Idempotency-Key", order)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body(order))
                .exchange();
    }

    private static void assertRefused(CompletableFuture<HttpResponse<String>> call) {
        assertThat(call)
                .as("a call that hung until its fault was cleared")
                .succeedsWithin(Duration.ofSeconds(30))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(503);
    }

    private CompletableFuture<HttpResponse<String>> chargeLater(HttpClient client, String order) {
        var request = HttpRequest.newBuilder(URI.create(sandbox.url() + "/provider/payments"))
                .header("Idempotency-Key", order)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(order)))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String body(String order) {
        return String.format(Locale.ROOT, """
                {"orderId": "%s", "amount": {"amount": "15.30", "currency": "GBP"}, "paymentMethod": "CARD"}
                """, order);
    }

    private RestTestClient.ResponseSpec switchOn(String body) {
        return sandbox.http()
                .post()
                .uri("/sandbox/faults")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private static UUID idOf(RestTestClient.ResponseSpec switchedOn) {
        return switchedOn
                .expectStatus()
                .isCreated()
                .returnResult(ProviderFault.Item.class)
                .getResponseBody()
                .id();
    }

    private RestTestClient.ResponseSpec clear(String uri) {
        return sandbox.http().delete().uri(uri).exchange();
    }

    private RestTestClient.BodyContentSpec get(String uri) {
        return sandbox.http().get().uri(uri).exchange().expectStatus().isOk().expectBody();
    }
}
