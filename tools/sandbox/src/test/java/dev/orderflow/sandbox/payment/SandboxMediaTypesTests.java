package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.MediaTypeMatrix.Sample;
import dev.orderflow.sandbox.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
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
                    Map.of(
                            "POST /provider/payments",
                            () -> new Sample(
                                    uri(sandbox, "/provider/payments"),
                                    charge(UUID.randomUUID().toString())),
                            "POST /provider/payments/{key}/close",
                            () -> new Sample(
                                    uri(sandbox, "/provider/payments/" + UUID.randomUUID() + "/close"),
                                    charge(UUID.randomUUID().toString())),
                            "POST /provider/payments/{orderId}/refund",
                            () -> new Sample(uri(sandbox, "/provider/payments/" + charged(provider) + "/refund"), ""),
                            "PUT /sandbox/payments/behaviour",
                            () -> new Sample(
                                    uri(sandbox, "/sandbox/payments/behaviour"),
                                    "{\"latencyMillis\": " + latency++ % 2 + "}"),
                            "POST /sandbox/faults",
                            () -> new Sample(uri(sandbox, "/sandbox/faults"), FAULT),
                            "DELETE /sandbox/faults",
                            () -> new Sample(uri(sandbox, "/sandbox/faults"), ""),
                            "DELETE /sandbox/faults/{id}",
                            () -> new Sample(uri(sandbox, "/sandbox/faults/" + UUID.randomUUID()), "")),
                    () -> get(http, "/sandbox/payments?limit=1&offset=100000")
                            + get(http, "/sandbox/payments/behaviour")
                            + get(http, "/sandbox/faults"));
        }
    }

    private static String charge(String orderId) {
        return String.format(Locale.ROOT, """
            {"orderId": "%s", "amount": {"amount": "1.00", "currency": "GBP"}, "paymentMethod": "CARD"}
            """, orderId);
    }

    private static String charged(ProviderClient provider) {
        var order = ProviderClient.newOrder();
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
