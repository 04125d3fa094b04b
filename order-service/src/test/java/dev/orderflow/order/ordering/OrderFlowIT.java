package dev.orderflow.order.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.Money;
import dev.orderflow.events.Topics;
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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
class OrderFlowIT {

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
    void placeAnOrder() {
        id = client.placeOne("flow");
    }

    @Test
    void anOrderWhoseStockIsReservedAndPaymentCompletedIsPaid() {
        others.publish(new StockReserved(id, AT));
        assertThat(awaiting("RESERVED")).isEqualTo("RESERVED");

        others.publish(new PaymentCompleted(id, TOTAL, "pay_1", AT));
        assertThat(awaiting("PAID")).isEqualTo("PAID");

        var order = client.get(id);
        assertThat(order.<List<String>>get("$.history[*].status")).containsExactly("PLACED", "RESERVED", "PAID");
        assertThat(order.<Object>get("$.reason")).isNull();
        assertThat(order.<Integer>get("$.version")).isEqualTo(2);
        assertThat(typesOnTopic(4)).containsExactly("placed", "placed", "reserved", "paid");
    }

    @Test
    void aPaidOrderIsShippedAndDelivered() {
        pay();
        others.publish(new ShipmentDispatched(id, "trk_1", AT));
        assertThat(awaiting("SHIPPED")).isEqualTo("SHIPPED");

        others.publish(new ShipmentDelivered(id, "trk_1", AT));
        assertThat(awaiting("DELIVERED")).isEqualTo("DELIVERED");

        assertThat(client.get(id).<List<String>>get("$.history[*].status"))
                .containsExactly("PLACED", "RESERVED", "PAID", "SHIPPED", "DELIVERED");
        assertThat(typesOnTopic(6)).containsExactly("placed", "placed", "reserved", "paid", "shipped", "delivered");
        assertThat(onTopic(6).stream()
                        .map(each -> new String(each.value(), UTF_8))
                        .filter(data -> data.contains("\"trackingId\":\"trk_1\"")))
                .hasSize(1);
    }

    @Test
    void anOrderThatIsShippedCanNoLongerBeCancelled() {
        pay();
        others.publish(new ShipmentDispatched(id, "trk_1", AT));
        awaiting("SHIPPED");

        var refused = client.cancel(id);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<String>get("$.code")).isEqualTo("order_shipped");
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("SHIPPED");
        assertThat(typesOnTopic(5)).containsExactly("placed", "placed", "reserved", "paid", "shipped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARCEL_LOST", "PARCEL_STOPPED"})
    void anOrderWhoseParcelIsLostOrStoppedIsCancelledForThatReason(String reason) {
        pay();
        others.publish(new ShipmentDispatched(id, "trk_1", AT));
        awaiting("SHIPPED");

        var isLost = reason.equals("PARCEL_LOST");
        others.publish(isLost ? new ShipmentLost(id, "trk_1", AT) : new ShipmentStopped(id, "trk_1", AT));

        assertThat(awaiting("CANCELLED")).isEqualTo("CANCELLED");
        assertThat(client.get(id).<String>get("$.reason")).isEqualTo(reason);
        assertThat(typesOnTopic(6)).containsExactly("placed", "placed", "reserved", "paid", "shipped", "cancelled");
    }

    /** The customer was first, while the parcel was handed to the carrier. */
    @Test
    void aDispatchThatCrossesACancellationChangesNothing() {
        pay();
        client.cancel(id);

        var late = others.publish(new ShipmentDispatched(id, "trk_1", AT));

        await().atMost(SOON).until(() -> takenIn(late));
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("CANCELLED");
        assertThat(typesOnTopic(5)).containsExactly("placed", "placed", "reserved", "paid", "cancelled");
    }

    private void pay() {
        others.publish(new StockReserved(id, AT));
        awaiting("RESERVED");
        others.publish(new PaymentCompleted(id, TOTAL, "pay_1", AT));
        awaiting("PAID");
    }

    @Test
    void anOrderWhosePaymentIsDeclinedIsCancelled() {
        others.publish(new StockReserved(id, AT));
        awaiting("RESERVED");
        others.publish(new PaymentDeclined(id, TOTAL, "card declined", AT));

        assertThat(awaiting("PAID,CANCELLED")).isEqualTo("CANCELLED");
        assertThat(client.get(id).<String>get("$.reason")).isEqualTo("PAYMENT_DECLINED");
        assertThat(client.get(id).<String>get("$.history[2].reason")).isEqualTo("PAYMENT_DECLINED");
        assertThat(typesOnTopic(4)).containsExactly("placed", "placed", "reserved", "cancelled");
    }

    @Test
    void anOrderThatIsNotInStockIsCancelled() {
        others.publish(new StockRejected(id, List.of(new Shortage("LAMP", 1, 0)), AT));

        assertThat(awaiting("PAID,CANCELLED")).isEqualTo("CANCELLED");
        assertThat(client.get(id).<String>get("$.reason")).isEqualTo("OUT_OF_STOCK");
    }

    @Test
    void publishedEventsContainTheWholeOrder() {
        var both = onTopic(2);
        var placed = both.getFirst();
        var data = new String(placed.value(), UTF_8);

        assertThat(placed.key()).isEqualTo(id.toString());
        assertThat(header(placed, "ce_type")).isEqualTo("dev.orderflow.order.placed.v1");
        assertThat(header(placed, "ce_source")).isEqualTo("order-service");
        assertThat(header(placed, "ce_sequence")).isEqualTo("1");
        assertThat(JsonPath.<String>read(data, "$.customerId"))
                .as("a reference")
                .startsWith("~");
        assertThat(JsonPath.<String>read(data, "$.lines[0].sku")).isEqualTo("LAMP");
        assertThat(JsonPath.<String>read(data, "$.total.amount")).isEqualTo("2.55");
        assertThat(JsonPath.<String>read(data, "$.paymentMethod")).isEqualTo("CARD");
        assertThat(both.get(1))
                .as("the same fact in version 2")
                .satisfies(newer -> assertThat(header(newer, "ce_id")).isEqualTo(header(placed, "ce_id")))
                .satisfies(newer -> assertThat(header(newer, "ce_type")).isEqualTo("dev.orderflow.order.placed.v2"))
                .satisfies(newer -> assertThat(header(newer, "ce_sequence")).isEqualTo("2"));
    }

    @Test
    void anAnswerToACancelledOrderChangesNothing() {
        client.cancel(id);

        var before = lateAnswers();

        var late = others.publish(new StockReserved(id, AT));

        await().atMost(SOON).until(() -> takenIn(late));
        assertThat(lateAnswers()).isEqualTo(before + 1);
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("CANCELLED");
        assertThat(typesOnTopic(3)).containsExactly("placed", "placed", "cancelled");
    }

    @Test
    void anAnswerDeliveredOrPublishedTwiceTakesEffectOnce() {
        var answer = others.publish(new StockReserved(id, AT));
        others.publish(answer, new StockReserved(id, AT));
        var again = others.publish(new StockReserved(id, AT));

        await().atMost(SOON).until(() -> takenIn(again));
        assertThat(client.get(id).<Integer>get("$.version")).isEqualTo(1);
        assertThat(typesOnTopic(3)).containsExactly("placed", "placed", "reserved");
    }

    @Test
    void anAnswerToAnUnknownOrderDelaysNothing() {
        var stray = others.publish(new StockReserved(UUID.randomUUID(), AT));
        others.publish(new StockReserved(id, AT));

        await().atMost(SOON).until(() -> takenIn(stray));
        assertThat(awaiting("RESERVED")).isEqualTo("RESERVED");
    }

    @Test
    void manyAnswersOfOneBatchAllTakeEffect() {
        var ids = Stream.generate(() -> client.placeOne("batch")).limit(40).toList();

        ids.forEach(each -> others.publish(new StockReserved(each, AT)));

        assertThat(ids)
                .allSatisfy(each -> assertThat(awaiting(each, "RESERVED")).isEqualTo("RESERVED"));
    }

    private double lateAnswers() {
        return meters.counter("orders.answers.ignored", "answer", "STOCK_RESERVED", "why", "LATE")
                .count();
    }

    private String awaiting(String statuses) {
        return awaiting(id, statuses);
    }

    private String awaiting(UUID orderId, String statuses) {
        return client.get("/api/orders/" + orderId + "?timeout=60s&await=" + statuses)
                .get("$.status");
    }

    private boolean takenIn(UUID eventId) {
        return jdbc.sql("SELECT count(*) FROM inbox WHERE event_id = :id")
                        .param("id", eventId)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private List<String> typesOnTopic(int atLeast) {
        return onTopic(atLeast).stream()
                .map(message -> header(message, "ce_type").split("\\.")[3])
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> onTopic(int atLeast) {
        return await().atMost(SOON)
                .until(
                        () -> TestInfrastructure.get().topics().read(Topics.ORDER_EVENTS).stream()
                                .filter(message -> id.toString().equals(message.key()))
                                .toList(),
                        messages -> messages.size() >= atLeast);
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
