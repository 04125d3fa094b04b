package dev.orderflow.inventory.stock;

import static dev.orderflow.inventory.stock.OrderEvents.cancelled;
import static dev.orderflow.inventory.stock.OrderEvents.line;
import static dev.orderflow.inventory.stock.OrderEvents.paid;
import static dev.orderflow.inventory.stock.OrderEvents.placed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.OrderPlacedV2;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Consumes orders and publishes answers over Kafka. */
@StockServiceTest
class StockFlowIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RESERVED = "dev.orderflow.stock.reserved.v1";
    private static final String REJECTED = "dev.orderflow.stock.rejected.v1";
    private static final String COMMITTED = "dev.orderflow.stock.committed.v1";
    private static final String RELEASED = "dev.orderflow.stock.released.v1";

    private final Stockroom stockroom;

    StockFlowIT(@Autowired Stockroom stockroom) {
        this.stockroom = stockroom;
    }

    @Test
    void aPaidOrderIsReservedAndThenSold() {
        var a = stockroom.newSku(10);
        var b = stockroom.newSku(1);
        var order = placed(line(a, 3), line(b, 1), line(a, 1));

        stockroom.announce(order);
        eventually(() -> {
            assertThat(stockroom.level(a)).isEqualTo(new StockLevel(a, 6, 4, 0));
            assertThat(stockroom.level(b)).isEqualTo(new StockLevel(b, 0, 1, 0));
        });
        stockroom.announce(paid(order.orderId()));

        eventually(() -> assertThat(answersTo(order.orderId())).containsExactly(RESERVED, COMMITTED));
        assertThat(stockroom.level(a)).isEqualTo(new StockLevel(a, 6, 0, 4));
        assertThat(stockroom.level(b)).isEqualTo(new StockLevel(b, 0, 0, 1));
    }

    @Test
    void anOrderIsReservedAsAWholeOrNotAtAll() {
        var plenty = stockroom.newSku(10);
        var scarce = stockroom.newSku(2);
        var order = placed(line(plenty, 5), line(scarce, 3), line("UNKNOWN", 1));

        stockroom.announce(order);

        eventually(() -> assertThat(answersTo(order.orderId())).containsExactly(REJECTED));
        assertThat(stockroom.level(plenty)).isEqualTo(new StockLevel(plenty, 10, 0, 0));
        assertThat(stockroom.level(scarce)).isEqualTo(new StockLevel(scarce, 2, 0, 0));
        assertThat(payloadsFor(order.orderId()))
                .singleElement()
                .asString()
                .contains(String.format(Locale.ROOT, "{\"sku\":\"%s\",\"wanted\":3,\"available\":2}", scarce))
                .contains("{\"sku\":\"UNKNOWN\",\"wanted\":1,\"available\":0}")
                .doesNotContain(plenty);
    }

    @Test
    void aCancelledOrderReleasesItsReservedOrSoldStock() {
        var sku = stockroom.newSku(10);
        var reserved = placed(line(sku, 3));
        var sold = placed(line(sku, 4));
        Stream.of(reserved, sold, paid(sold.orderId())).forEach(stockroom::announce);
        eventually(() -> assertThat(stockroom.level(sku)).isEqualTo(new StockLevel(sku, 3, 3, 4)));

        stockroom.announce(cancelled(reserved.orderId()));
        stockroom.announce(cancelled(sold.orderId()));

        eventually(() -> assertThat(stockroom.level(sku)).isEqualTo(new StockLevel(sku, 10, 0, 0)));
        eventually(() -> {
            assertThat(answersTo(reserved.orderId())).containsExactly(RESERVED, RELEASED);
            assertThat(answersTo(sold.orderId())).containsExactly(RESERVED, COMMITTED, RELEASED);
        });
    }

    @Test
    void anOrderPlacedAgainReservesNothingMore() {
        var sku = stockroom.newSku(10);
        var order = placed(line(sku, 3));

        Stream.of(order, order, paid(order.orderId()), order).forEach(stockroom::announce);
        stockroom.announce(cancelled(order.orderId()));

        eventually(() -> assertThat(answersTo(order.orderId())).containsExactly(RESERVED, COMMITTED, RELEASED));
        assertThat(stockroom.level(sku)).isEqualTo(new StockLevel(sku, 10, 0, 0));
    }

    /** The service of the version before publishes version 1 only; the one of this version, both, with one id. */
    @Test
    void anOrderInEitherVersionIsReservedOnce() {
        var sku = stockroom.newSku(10);
        var old = placed(line(sku, 3));
        var both = placed(line(sku, 2));

        stockroom.announce(old.toV1());
        stockroom.announce(List.of(both.toV1(), both));
        Stream.of(old, both).forEach(order -> stockroom.announce(paid(order.orderId())));

        eventually(() -> assertThat(stockroom.level(sku)).isEqualTo(new StockLevel(sku, 5, 0, 5)));
        assertThat(answersTo(old.orderId())).containsExactly(RESERVED, COMMITTED);
        assertThat(answersTo(both.orderId())).containsExactly(RESERVED, COMMITTED);
        assertThat(stockroom.deadLetters()).isZero();
    }

    /** The reservation is one of the tenant demo. */
    @ParameterizedTest
    @CsvSource({
        "placed, other, is one of tenant other",
        "paid, other, is one of tenant other",
        "cancelled, other, is one of tenant other",
        "cancelled, -, is no tenant's id"
    })
    void anEventOfAnotherTenantIsADeadLetterAndMovesNoStock(String type, String tenant, String cause) {
        var sku = stockroom.newSku(10);
        var order = placed(line(sku, 3));
        stockroom.announce(order);
        eventually(() -> assertThat(answersTo(order.orderId())).containsExactly(RESERVED));

        stockroom.announceOf(
                tenant,
                switch (type) {
                    case "placed" -> order;
                    case "paid" -> paid(order.orderId());
                    default -> cancelled(order.orderId());
                });

        eventually(() -> assertThat(stockroom.causesOfDeath(order.orderId()))
                .singleElement()
                .asString()
                .contains(cause));
        assertThat(stockroom.level(sku)).isEqualTo(new StockLevel(sku, 7, 3, 0));
        stockroom.forgetDeadLetters(order.orderId());
    }

    @Test
    void aReservationBelongsToTheTenantOfItsOrder() {
        var sku = stockroom.newSku(10);
        var order = placed(line(sku, 3));
        var tooMuch = placed(line(sku, 30));

        stockroom.announceOf("other", order);
        stockroom.announceOf("other", tooMuch);
        stockroom.announceOf("other", paid(order.orderId()));

        eventually(() -> assertThat(answersTo(order.orderId())).containsExactly(RESERVED, COMMITTED));
        eventually(() -> assertThat(answersTo(tooMuch.orderId())).containsExactly(REJECTED));
        assertThat(stockroom.tenantOf(order.orderId())).isEqualTo("other");
        assertThat(stockroom.tenantOf(tooMuch.orderId())).isEqualTo("other");
        assertThat(stockroom.level(sku)).isEqualTo(new StockLevel(sku, 7, 0, 3));
    }

    @Test
    void exactlyFiftyOfTwoHundredOrdersForFiftyUnitsAreReserved() {
        var hot = stockroom.newSku(50);
        var orders = Stream.generate(() -> placed(line(hot, 1))).limit(200).toList();

        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            orders.forEach(order -> customers.submit(() -> stockroom.announce(order)));
        }

        eventually(() -> assertThat(states(orders)).hasSize(200));
        assertThat(states(orders)).filteredOn(ReservationState.RESERVED::equals).hasSize(50);
        assertThat(stockroom.level(hot)).isEqualTo(new StockLevel(hot, 0, 50, 0));
    }

    private List<ReservationState> states(List<OrderPlacedV2> orders) {
        return orders.stream()
                .flatMap(order -> stockroom.stateOf(order.orderId()).stream())
                .toList();
    }

    private static List<String> answersTo(UUID orderId) {
        return recordsOf(orderId)
                .map(message ->
                        new String(message.headers().lastHeader("ce_type").value(), UTF_8))
                .toList();
    }

    private static List<String> payloadsFor(UUID orderId) {
        return recordsOf(orderId)
                .map(message -> new String(message.value(), UTF_8))
                .toList();
    }

    private static Stream<ConsumerRecord<String, byte[]>> recordsOf(UUID orderId) {
        return TestInfrastructure.get().topics().read(Topics.INVENTORY_EVENTS).stream()
                .filter(message -> orderId.toString().equals(message.key()));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }
}
