package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.Sandbox;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Client of a shop that charges its customers' cards and refunds charges. */
record ProviderClient(Sandbox sandbox) {

    static String newOrder() {
        return UUID.randomUUID().toString();
    }

    static String body(String order, String method) {
        return String.format(Locale.ROOT, """
                {"orderId": "%s", "amount": {"amount": "15.30", "currency": "GBP"}, "paymentMethod": "%s"}
                """, order, method);
    }

    RestTestClient.ResponseSpec charge(String key, String order, String method) {
        return post("/provider/payments", key, body(order, method));
    }

    RestTestClient.ResponseSpec close(String key, String order, String method) {
        return post("/provider/payments/" + key + "/close", "unused", body(order, method));
    }

    RestTestClient.ResponseSpec refund(String key, String order) {
        return post("/provider/payments/" + order + "/refund", key, "");
    }

    RestTestClient.ResponseSpec post(String uri, String key, String body) {
        return sandbox.http()
                .post()
                .uri(uri)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    RestTestClient.BodyContentSpec listed() {
        return sandbox.http()
                .get()
                .uri("/sandbox/payments")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }
}
