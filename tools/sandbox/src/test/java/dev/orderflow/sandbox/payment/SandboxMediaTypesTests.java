package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.MediaTypeMatrix.Sample;
import dev.orderflow.sandbox.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Tests that a request without an acceptable response media type has no effect. */
class SandboxMediaTypesTests {

    private static final String FAULT = "{\"action\": \"FAIL\", \"times\": 1, \"orderId\": \"nobody\"}";

    @TempDir
    Path data;

    private int latency;

    @Test
    void allEndpointsSpeakJsonAndNothingChangesUnlessTheStatusIsASuccess() {
        try (var sandbox = Sandbox.startForDemo(data)) {
            // One client for all calls, since each has a thread of its own.
            var http = sandbox.http();
            var provider = new ProviderClient(sandbox);
            var matrix = new MediaTypeMatrix(sandbox.context(), "dev.orderflow.sandbox");

            matrix.assertAllSayThatTheySpeakJson();
            matrix.assertNothingChangesUnlessCarriedOut(
                    Map.ofEntries(
                            Map.entry(
                                    "POST /provider/payments",
                                    () -> new Sample(uri(sandbox, "/provider/payments"), charge(newOrder()))),
                            Map.entry(
                                    "POST /provider/payments/{key}/close",
                                    () -> new Sample(
                                            uri(sandbox, "/provider/payments/" + newOrder() + "/close"),
                                            charge(newOrder()))),
                            Map.entry(
                                    "POST /provider/payments/{orderId}/refund",
                                    () -> new Sample(
                                            uri(sandbox, "/provider/payments/" + charged(provider) + "/refund"), "")),
                            Map.entry(
                                    "PUT /sandbox/payments/behaviour",
                                    () -> new Sample(uri(sandbox, "/sandbox/payments/behaviour"), latency())),
                            Map.entry(
                                    "POST /carrier/shipments",
                                    () -> new Sample(
                                            uri(sandbox, "/carrier/shipments"),
                                            "{\"orderId\": \"" + newOrder() + "\"}")),
                            Map.entry(
                                    "POST /carrier/shipments/{orderId}/release",
                                    () -> new Sample(
                                            uri(sandbox, "/carrier/shipments/" + newOrder() + "/release"), "")),
                            Map.entry(
                                    "POST /carrier/shipments/{orderId}/stop",
                                    () -> new Sample(uri(sandbox, "/carrier/shipments/" + newOrder() + "/stop"), "")),
                            Map.entry(
                                    "POST /carrier/tracking",
                                    () -> new Sample(uri(sandbox, "/carrier/tracking"), "{\"orderIds\": [\"o\"]}")),
                            Map.entry(
                                    "PUT /sandbox/shipments/behaviour",
                                    () -> new Sample(uri(sandbox, "/sandbox/shipments/behaviour"), latency())),
                            Map.entry("POST /sandbox/faults", () -> new Sample(uri(sandbox, "/sandbox/faults"), FAULT)),
                            Map.entry("DELETE /sandbox/faults", () -> new Sample(uri(sandbox, "/sandbox/faults"), "")),
                            Map.entry(
                                    "DELETE /sandbox/faults/{id}",
                                    () -> new Sample(uri(sandbox, "/sandbox/faults/" + newOrder()), ""))),
                    () -> get(http, "/sandbox/payments?limit=1&offset=100000")
                            + get(http, "/sandbox/payments/behaviour")
                            + get(http, "/sandbox/shipments?limit=1&offset=100000")
                            + get(http, "/sandbox/shipments/behaviour")
                            + get(http, "/sandbox/faults"));
        }
    }

    /** Returns another setting each time. */
    private String latency() {
        return "{\"latencyMillis\": " + latency++ % 2 + "}";
    }

    private static String newOrder() {
        return ProviderClient.newOrder();
    }

    private static String charge(String orderId) {
        return String.format(Locale.ROOT, """
            {"orderId": "%s", "amount": {"amount": "1.00", "currency": "GBP"}, "paymentMethod": "CARD"}
            """, orderId);
    }

    private static String charged(ProviderClient provider) {
        var order = newOrder();
        provider.charge(order, order, "CARD").expectStatus().isOk();
        return order;
    }

    private static String get(RestTestClient http, String path) {
        var body = http.get()
                .uri(path)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(body).isNotNull();
        return body;
    }

    private static URI uri(Sandbox sandbox, String path) {
        return URI.create(sandbox.url() + path);
    }
}
