package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.order.PaymentMethod;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests orders whose requests name a time by which they must be paid. */
@SystemTest
class DeadlineIT {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    DeadlineIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    @Test
    void anOrderThatCannotBePaidInTimeIsCancelledAndNeverCharged() {
        var sku = shop.newProduct(5);
        suite.kill(Part.PAYMENT);

        var placed = place(SHORT, sku);
        var order = shop.awaitFinal(placed.orderId());
        suite.start(Part.PAYMENT);

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.reason()).isEqualTo("DEADLINE_PASSED");
        shop.awaitStock(sku, 5, 0, 0);
        // payment-service has consumed the order's events when it has handled those of a later order.
        shop.awaitFinal(shop.place(sku, 1).orderId());
        suite.verify();
        assertThat(sandbox.payments(order.orderId()))
                .allSatisfy(payment -> assertThat(payment.state()).isEqualTo("DECLINED"));
    }

    @Test
    void anOrderThatNobodyReservesInTimeIsCancelled() {
        var sku = shop.newProduct(5);
        suite.kill(Part.INVENTORY);

        var order = shop.awaitFinal(place(SHORT, sku).orderId());
        suite.start(Part.INVENTORY);

        assertThat(order.reason()).isEqualTo("DEADLINE_PASSED");
        shop.awaitStock(sku, 5, 0, 0);
        sandbox.awaitMails(order.orderId(), "PLACED", "CANCELLED");
    }

    @Test
    void anOrderThatIsPaidInTimeStaysPaid() {
        var sku = shop.newProduct(5);

        var order = shop.awaitFinal(place(Duration.ofMinutes(10), sku).orderId());

        assertThat(order.status()).isEqualTo(OrderStatus.PAID);
        shop.awaitStock(sku, 4, 0, 1);
    }

    /** The provider answers at about the time of the deadline: an order is paid and kept, or cancelled and refunded. */
    @Test
    void ordersThatArePaidAtTheirDeadlineAreEitherPaidOrRefunded() {
        var sku = shop.newProduct(100);
        sandbox.beSlow(Duration.ofMillis(700));

        var orders =
                IntStream.range(0, 20)
                        .mapToObj(number -> place(Duration.ofMillis(500 + 50 * number), sku))
                        .toList()
                        .stream()
                        .map(placed -> shop.awaitFinal(placed.orderId()))
                        .toList();
        sandbox.beWell();

        var paid = count(orders, OrderStatus.PAID);
        assertThat(paid + count(orders, OrderStatus.CANCELLED)).isEqualTo(20);
        shop.awaitStock(sku, 100 - paid, 0, paid);
    }

    private Order place(Duration time, String sku) {
        return shop.placeWithin(time, Shop.order(sku, 1, PaymentMethod.CARD));
    }

    private static long count(List<Order> orders, OrderStatus status) {
        return orders.stream().filter(order -> order.status() == status).count();
    }
}
