package dev.orderflow.system;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.order.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places orders with the maximum number of lines, some 370 KB each as JSON; {@code -Dlarge.orders=500} sets their
 * number. Their similar lines compress well, so that one fetch and one batch hold many of them. The services have the
 * heaps of {@code ./demo up} and end when these are too small; after each test all of them must be running.
 */
@SystemTest
@EnabledIfSystemProperty(named = "suites", matches = "all", disabledReason = "-Pthorough runs it")
class LargeOrdersIT {

    private static final Logger log = LoggerFactory.getLogger(LargeOrdersIT.class);

    private static final int ORDERS = Integer.getInteger("large.orders", 60);
    private static final int CUSTOMERS = 16;
    private static final int LINES = 1_000;
    private static final int PRODUCTS = 20;
    private static final int OF_EACH = LINES / PRODUCTS;
    private static final int REFUSED = ORDERS / 10;
    private static final int SERVED = ORDERS - REFUSED;
    /** Name of the maximum length. */
    private static final String NAME = "Long names".repeat(20);

    private final RunningSuite suite;
    private final Shop shop;

    LargeOrdersIT(RunningSuite suite, Shop shop) {
        this.suite = suite;
        this.shop = shop;
    }

    @Test
    void areServedAsLongAsThereIsStock() {
        var skus = products();

        assertServed(place(skus), skus);
    }

    @Test
    void areServedByConsumersThatFindThemAllAtTheirStart() {
        var skus = products();
        suite.kill(Part.INVENTORY);
        suite.kill(Part.NOTIFICATION);
        var orders = place(skus);
        AtOnce.forEach(List.of(Part.INVENTORY, Part.NOTIFICATION), suite::start);

        assertServed(orders, skus);
    }

    /** Creates the products. The first one is scarce: not all orders can have it. */
    private List<String> products() {
        return IntStream.range(0, PRODUCTS)
                .mapToObj(product -> shop.newProduct(NAME, (long) OF_EACH * (product == 0 ? SERVED : ORDERS)))
                .toList();
    }

    private List<Order> place(List<String> skus) {
        var lines = Stream.generate(() -> skus.stream().map(sku -> new NewOrder.Line(sku, 1)))
                .limit(OF_EACH)
                .flatMap(each -> each)
                .toList();
        var order = new NewOrder("customer", lines, PaymentMethod.CARD);
        var begin = Instant.now();
        var placed = AtOnce.times(ORDERS, CUSTOMERS, () -> shop.place(order));
        log.info("orders={} lines={} placedSeconds={}", ORDERS, LINES, secondsSince(begin));
        return placed;
    }

    private void assertServed(List<Order> placed, List<String> skus) {
        var begin = Instant.now();
        var byStatus =
                placed.stream().map(order -> shop.awaitFinal(order.orderId())).collect(groupingBy(Order::status));
        log.info("orders={} finalSeconds={}", ORDERS, secondsSince(begin));

        assertThat(byStatus.getOrDefault(OrderStatus.PAID, List.of())).hasSize(SERVED);
        assertThat(byStatus.getOrDefault(OrderStatus.CANCELLED, List.of()))
                .hasSize(REFUSED)
                .allSatisfy(order -> assertThat(order.reason()).isEqualTo("OUT_OF_STOCK"));
        shop.awaitStock(skus.getFirst(), 0, 0, (long) OF_EACH * SERVED);
        shop.awaitStock(skus.getLast(), (long) OF_EACH * REFUSED, 0, (long) OF_EACH * SERVED);
    }

    private static double secondsSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis() / 1000.0;
    }
}
