package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.events.Money;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.events.stock.Shortage;
import dev.orderflow.events.stock.StockRejected;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.order.AnswersFromOthers;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.lifecycle.OrderTrigger;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers that contradict the order, or come from a service that does not own the topic. */
@OrderServiceTest
class ForgedAnswersIT {

    private static final Instant AT = Instant.parse("2026-11-21T09:00:00Z");
    private static final Money TOTAL = Money.of("2.55", "GBP");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    OrderClient client;

    @Autowired
    AnswersFromOthers others;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry meters;

    UUID id;

    @BeforeEach
    void reserveAnOrder() {
        id = client.placeOne("forged");
        others.publish(new StockReserved(id, AT));
        assertThat(awaiting("RESERVED")).isEqualTo("RESERVED");
    }

    @ParameterizedTest
    @CsvSource({"0.01, GBP", "2.54, GBP", "2.55, EUR", "-2.55, GBP", "0, GBP", "999999999.99, GBP"})
    void aPaymentOfAnotherAmountIsADeadLetterAndPaysNothing(String amount, String currency) {
        var before = mismatches("PAYMENT_COMPLETED", "amount");

        others.publish(new PaymentCompleted(id, Money.of(amount, currency), "pay_1", AT));

        assertThat(causeOfDeath(id.toString())).contains("the order's total is 2.55 GBP");
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("RESERVED");
        assertThat(mismatches("PAYMENT_COMPLETED", "amount")).isGreaterThan(before);
    }

    @Test
    void aRefusedPaymentOfAnotherAmountCancelsNothing() {
        others.publish(new PaymentDeclined(id, Money.of("2.56", "GBP"), "card declined", AT));

        assertThat(causeOfDeath(id.toString())).contains("2.56 GBP");
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("RESERVED");
    }

    /** The order is one of the tenant demo. */
    @ParameterizedTest
    @CsvSource({
        "PAYMENT_COMPLETED, other, is one of tenant other",
        "PAYMENT_COMPLETED, Demo, is one of tenant Demo",
        "PAYMENT_COMPLETED, -, is no tenant's id",
        "PAYMENT_DECLINED, other, is one of tenant other",
        "SHIPMENT_DISPATCHED, other, is one of tenant other",
        "SHIPMENT_DELIVERED, other, is one of tenant other",
        "SHIPMENT_LOST, other, is one of tenant other",
        "SHIPMENT_STOPPED, other, is one of tenant other",
        "STOCK_RESERVED, other, is one of tenant other",
        "STOCK_REJECTED, other, is one of tenant other"
    })
    void anAnswerOfAnotherTenantIsADeadLetterAndChangesNothing(OrderTrigger answer, String tenant, String cause) {
        var before = mismatches(answer.name(), "tenant");

        others.publishOf(
                tenant,
                switch (answer) {
                    case PAYMENT_COMPLETED -> new PaymentCompleted(id, TOTAL, "pay_1", AT);
                    case PAYMENT_DECLINED -> new PaymentDeclined(id, TOTAL, "card declined", AT);
                    case SHIPMENT_DISPATCHED -> new ShipmentDispatched(id, "trk_1", AT);
                    case SHIPMENT_DELIVERED -> new ShipmentDelivered(id, "trk_1", AT);
                    case SHIPMENT_LOST -> new ShipmentLost(id, "trk_1", AT);
                    case SHIPMENT_STOPPED -> new ShipmentStopped(id, "trk_1", AT);
                    case STOCK_RESERVED -> new StockReserved(id, AT);
                    case STOCK_REJECTED -> new StockRejected(id, List.of(new Shortage("LAMP", 1, 0)), AT);
                    case CUSTOMER_CANCELS, DEADLINE_PASSES, PAYMENT_TIMES_OUT ->
                        throw new IllegalArgumentException("no answer");
                });

        assertThat(causeOfDeath(id.toString())).contains(cause);
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("RESERVED");
        assertThat(mismatches(answer.name(), "tenant")).isGreaterThan(before);
    }

    @Test
    void anAnswerOfTheOrdersTenantChangesIt() {
        others.publishOf("demo", new PaymentCompleted(id, TOTAL, "pay_1", AT));

        assertThat(awaiting("PAID")).isEqualTo("PAID");
    }

    @ParameterizedTest
    @CsvSource({"LAMP, 2", "CHAIR, 1", "CHAIR, 0"})
    void aShortageOfAProductThatWasNotOrderedCancelsNothing(String sku, int wanted) {
        var placed = client.placeOne("forged");

        others.publish(new StockRejected(placed, List.of(new Shortage(sku, wanted, 0)), AT));

        assertThat(causeOfDeath(placed.toString())).containsAnyOf("units of " + sku, "/shortages/0/wanted");
        assertThat(client.get(placed).<String>get("$.status")).isEqualTo("PLACED");
    }

    @Test
    void anAnswerAboutAnOrderThatWasNeverPlacedIsADeadLetter() {
        var unknown = UUID.randomUUID();

        others.publish(new PaymentCompleted(unknown, TOTAL, "pay_1", AT));

        assertThat(causeOfDeath(unknown.toString())).contains("there is no order " + unknown);
        assertThat(mismatches("PAYMENT_COMPLETED", "order")).isPositive();
    }

    @Test
    void anAnswerOfAnotherSourceIsADeadLetterAndDoesNotHoldUpTheTrueOne() {
        others.forge("inventory-service", new PaymentCompleted(id, TOTAL, "pay_0", AT));

        assertThat(causeOfDeath(id.toString()))
                .contains("ce_source is inventory-service, but payment-events belongs to payment-service");
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("RESERVED");
        assertThat(meters.counter("eventing.inbox.foreign", "group", "order-service", "topic", "payment-events")
                        .count())
                .isPositive();

        others.publish(new PaymentCompleted(id, TOTAL, "pay_1", AT));
        assertThat(awaiting("PAID")).isEqualTo("PAID");
    }

    /** Its id may be one that a true event will have, and must not make that a copy. */
    @Test
    void aForgedAnswerDoesNotConsumeTheIdOfATrueEvent() {
        var forged = others.forge("", new PaymentCompleted(id, TOTAL, "pay_0", AT));
        assertThat(causeOfDeath(id.toString())).contains("source");

        others.publish(forged, new PaymentCompleted(id, TOTAL, "pay_1", AT));

        assertThat(awaiting("PAID")).isEqualTo("PAID");
    }

    private double mismatches(String answer, String fact) {
        return meters.counter("orders.answers.mismatched", "answer", answer, "fact", fact)
                .count();
    }

    private String awaiting(String status) {
        return client.get("/api/orders/" + id + "?timeout=60s&await=" + status).get("$.status");
    }

    private String causeOfDeath(String key) {
        return await().atMost(SOON)
                .until(
                        () -> jdbc.sql("SELECT message FROM dead_letter WHERE key = :key")
                                .param("key", key)
                                .query(String.class)
                                .list(),
                        causes -> !causes.isEmpty())
                .getFirst();
    }
}
