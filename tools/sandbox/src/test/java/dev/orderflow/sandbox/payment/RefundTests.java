package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefundTests {

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

    @Test
    void aChargeIsGivenBackOnce() {
        var order = ProviderClient.newOrder();
        provider.charge(order, order, "CARD").expectStatus().isOk();
        var first = provider.refund(order + "-refund", order)
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();

        assertThat(first).contains("\"outcome\":\"REFUNDED\"");
        assertThat(provider.refund(order + "-refund", order)
                        .returnResult(String.class)
                        .getResponseBody())
                .isEqualTo(first);
        provider.refund("another-key", order).expectStatus().isEqualTo(409);
        provider.listed().jsonPath("$.items[0].state").isEqualTo("REFUNDED");
    }

    @Test
    void aClosedChargeKeepsItsAnswerOrIsDeclinedWheneverItArrives() {
        var charged = ProviderClient.newOrder();
        provider.charge(charged, charged, "CARD").expectStatus().isOk();
        var open = ProviderClient.newOrder();

        provider.close(charged, charged, "CARD")
                .expectBody()
                .jsonPath("$.outcome")
                .isEqualTo("CAPTURED");
        provider.close(open, open, "CARD").expectBody().jsonPath("$.outcome").isEqualTo("DECLINED");
        provider.charge(open, open, "CARD").expectBody().jsonPath("$.reason").isEqualTo("closed by the shop");
    }

    @Test
    void theOldestOfSeveralChargesForAnOrderIsRefundedFirst() {
        var order = ProviderClient.newOrder();
        provider.charge("declined", order, "CARD_DECLINED").expectStatus().isOk();
        provider.charge("first", order, "CARD").expectStatus().isOk();
        provider.charge("second", order, "CARD").expectStatus().isOk();

        provider.refund("refund of first", order).expectStatus().isOk();
        provider.listed().jsonPath("$.items[*].state").isEqualTo(List.of("DECLINED", "REFUNDED", "CAPTURED"));
        provider.refund("refund of second", order).expectStatus().isOk();
        provider.listed().jsonPath("$.items[*].state").isEqualTo(List.of("DECLINED", "REFUNDED", "REFUNDED"));
        provider.refund("another-key", order).expectStatus().isEqualTo(409);
    }

    @Test
    void theKeyOfARefundIsOfOneOrder() {
        var order = ProviderClient.newOrder();
        var other = ProviderClient.newOrder();
        provider.charge(order, order, "CARD").expectStatus().isOk();
        provider.charge(other, other, "CARD").expectStatus().isOk();
        provider.refund("key", order).expectStatus().isOk();

        provider.refund("key", other).expectStatus().isEqualTo(422);
    }

    @Test
    void nothingIsGivenBackForAnUnknownOrder() {
        provider.refund("key", ProviderClient.newOrder())
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNKNOWN_ORDER");
    }
}
