package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.order.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills processes with SIGKILL while orders are in progress and starts them again. Every order must still end as
 * expected.
 */
@SystemTest
class CrashIT {

    private static final int ORDERS = 40;
    /** Number of orders accepted before the crash; the others are placed during and after it. */
    private static final int BEFORE = 15;

    private static final int ENOUGH = 1_000;

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    CrashIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void everyOrderEndsAsExpectedWhenOneProcessIsKilled(Part part) {
        everyOrderEndsAsItShould(() -> {
            suite.kill(part);
            suite.start(part);
        });
    }

    @Test
    void everyOrderEndsAsExpectedWhenAllProcessesAreKilled() {
        everyOrderEndsAsItShould(() -> {
            suite.killAll();
            suite.startAll();
        });
    }

    private void everyOrderEndsAsItShould(Runnable disaster) {
        var sku = shop.newProduct(ENOUGH);
        sandbox.beSlow(Duration.ofMillis(200));

        var flow = placeAll(sku, disaster);
        var orders = flow.placed().stream()
                .map(placed -> shop.awaitFinal(placed.orderId()))
                .toList();

        for (var index = 0; index < ORDERS; index++) {
            var order = orders.get(index);
            var isDeclined = paymentMethod(index) == PaymentMethod.CARD_DECLINED;
            assertThat(order.status()).as("%s", order).isEqualTo(isDeclined ? OrderStatus.CANCELLED : OrderStatus.PAID);
            assertThat(order.reason()).isEqualTo(isDeclined ? "PAYMENT_DECLINED" : null);
        }
        var paid = orders.stream()
                .filter(order -> order.status() == OrderStatus.PAID)
                .count();
        shop.awaitStock(sku, ENOUGH - paid, 0, paid);
        assertThat(orders)
                .as("orders in progress at the crash")
                .anyMatch(order -> order.placedAt().isBefore(flow.brokenAt())
                        && order.history().getLast().at().isAfter(flow.brokenAt()));
    }

    private record Flow(List<Order> placed, Instant brokenAt) {}

    /** Places all orders with few concurrent customers, so that some are still to come when the crash happens. */
    private Flow placeAll(String sku, Runnable disaster) {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = IntStream.range(0, ORDERS)
                    .mapToObj(index -> CompletableFuture.supplyAsync(
                            () -> shop.place(Shop.order(sku, 1, paymentMethod(index))), threads))
                    .toList();
            Eventually.await()
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> all.stream().filter(CompletableFuture::isDone).count() >= BEFORE);
            var brokenAt = Instant.now();
            run(disaster, threads);
            return new Flow(all.stream().map(CompletableFuture::join).toList(), brokenAt);
        }
    }

    /** Runs the crash and stops the customers if it fails, since nothing would answer them. */
    private static void run(Runnable disaster, ExecutorService customers) {
        try {
            disaster.run();
        } catch (RuntimeException e) {
            customers.shutdownNow();
            throw e;
        }
    }

    private static PaymentMethod paymentMethod(int index) {
        return index % 5 == 4 ? PaymentMethod.CARD_DECLINED : PaymentMethod.CARD;
    }
}
