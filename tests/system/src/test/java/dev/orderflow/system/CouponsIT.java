package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.token.Role;
import dev.orderflow.events.order.PaymentMethod;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests a coupon for few orders, which many want at once. */
@SystemTest
class CouponsIT {

    private static final int LIMIT = 20;

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final UUID id = UUID.randomUUID();
    private final String coupon = "C" + UUID.randomUUID().toString().substring(0, 8);

    CouponsIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    /** The suite's verification after the test checks that nothing was overspent, too. */
    @Test
    void aCouponIsNotOverspentWhileItsServiceAndItsDatabaseAreKilled() {
        // No order is dispatched, so that each can be cancelled.
        sandbox.refuseParcels();
        var sku = shop.newProduct(1_000);
        define();

        var orders = CompletableFuture.supplyAsync(() -> AtOnce.times(3 * LIMIT, 8, () -> tryToPlace(sku)));
        for (var part : List.of(Part.ORDER, Part.POSTGRES, Part.ORDER)) {
            suite.kill(part);
            suite.start(part);
        }
        var placed = orders.join().stream().flatMap(Optional::stream).toList();

        assertThat(placed)
                .hasSize(LIMIT)
                .allSatisfy(order -> assertThat(order.discounts()).hasSize(1));
        placed.subList(0, 5).forEach(order -> shop.cancel(order.orderId()));
        assertThat(AtOnce.times(15, () -> tryToPlace(sku)).stream().flatMap(Optional::stream))
                .hasSize(5);
        sandbox.beWell();
        placed.subList(5, LIMIT).forEach(order -> shop.awaitFinal(order.orderId()));
    }

    private void define() {
        try (var merchandiser = suite.as(Role.MERCHANDISER)) {
            Eventually.await()
                    .ignoreExceptionsInstanceOf(ShopAwayException.class)
                    .untilAsserted(() -> {
                        var response = merchandiser.put(
                                URI.create(shop.orders().resolve("/api/promotions/") + id.toString()),
                                Map.of(
                                        "name",
                                        "Few",
                                        "kind",
                                        "PERCENTAGE",
                                        "percentage",
                                        12.5,
                                        "coupon",
                                        coupon,
                                        "usageLimit",
                                        LIMIT));
                        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
                    });
        }
        var quotes = shop.orders().resolve("/api/quotes");
        try (var customers = shop.calls()) {
            var sku = shop.newProduct(1);
            Eventually.await()
                    .untilAsserted(() -> assertThat(customers
                                    .post(
                                            quotes,
                                            new NewOrder("c", lines(sku), List.of(coupon), PaymentMethod.CARD),
                                            null)
                                    .body())
                            .contains("\"applied\":[{\"rule\":\"Few\""));
        }
    }

    /** Returns the order; empty if the coupon is used up. */
    private Optional<Order> tryToPlace(String sku) {
        try {
            return Optional.of(shop.place(new NewOrder("customer", lines(sku), List.of(coupon), PaymentMethod.CARD)));
        } catch (RefusedException e) {
            assertThat(e).hasMessageContaining("coupon");
            return Optional.empty();
        }
    }

    private static List<NewOrder.Line> lines(String sku) {
        return List.of(new NewOrder.Line(sku, 3));
    }
}
