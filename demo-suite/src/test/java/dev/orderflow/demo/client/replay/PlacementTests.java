package dev.orderflow.demo.client.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopDouble;
import dev.orderflow.events.order.PaymentMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlacementTests {

    private final ShopDouble shop = new ShopDouble();
    private final ShopClient client = new ShopClient(shop.endpoints());

    @AfterEach
    void end() {
        client.close();
        shop.close();
    }

    @Test
    void anOrderWhoseAnswerIsLostIsPlacedOnce() {
        shop.lostAnswers = 2;
        var placed = placement(Duration.ofSeconds(60)).place(invoices(20, "A"), "run");

        assertThat(placed.orderIds()).hasSize(20).hasSameElementsAs(shop.orders.values());
        assertThat(placed.refusals()).isEmpty();
        assertThat(placed.latency().getTotalCount()).isEqualTo(20);
        assertThat(shop.requests).hasValueGreaterThanOrEqualTo(60);
    }

    @Test
    void aRefusedOrderIsCountedAndNotTriedAgain() {
        var placed = placement(Duration.ofSeconds(60)).place(invoices(2, "REFUSED"), "run");

        assertThat(placed.orderIds()).isEmpty();
        assertThat(placed.refusals()).hasSize(1);
        assertThat(placed.refusals().values().iterator().next()).hasValue(2);
        assertThat(shop.requests).hasValue(2);
    }

    @Test
    void theOrdersOfTwoRunsAreDifferentOrders() {
        placement(Duration.ofSeconds(60)).place(invoices(3, "A"), "one");
        placement(Duration.ofSeconds(60)).place(invoices(3, "A"), "two");

        assertThat(shop.orders).hasSize(6);
    }

    @Test
    void aServiceThatStaysAwayIsGivenUp() {
        shop.lostAnswers = Integer.MAX_VALUE;
        var placed = placement(Duration.ofSeconds(4)).place(invoices(1, "A"), "run");

        assertThat(placed.orderIds()).isEmpty();
        assertThat(placed.refusals().keySet()).singleElement().asString().startsWith("gave up: no answer from");
    }

    private Placement placement(Duration patience) {
        return new Placement(client, new Patience(patience), new Crowd(8), Clock.systemUTC());
    }

    private static List<RetailOrders.Invoice> invoices(int count, String sku) {
        return IntStream.range(0, count)
                .mapToObj(number -> new RetailOrders.Invoice(
                        Integer.toString(number),
                        new NewOrder("c", List.of(new NewOrder.Line(sku, 1)), PaymentMethod.CARD)))
                .toList();
    }
}
