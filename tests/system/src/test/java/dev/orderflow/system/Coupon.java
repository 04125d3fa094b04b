package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.token.Role;
import dev.orderflow.events.order.PaymentMethod;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A coupon for a limited number of orders. Instances know a change of its promotion about a second later. */
final class Coupon {

    private final RunningSuite suite;
    private final Shop shop;
    private final int limit;
    private final UUID id = UUID.randomUUID();
    private final String code = "C" + UUID.randomUUID().toString().substring(0, 8);

    Coupon(RunningSuite suite, Shop shop, int limit) {
        this.suite = suite;
        this.shop = shop;
        this.limit = limit;
    }

    /** Adds or replaces the promotion. */
    void define(double percentage, Instant validTo) {
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
                                        percentage,
                                        "coupon",
                                        code,
                                        "validTo",
                                        validTo.toString(),
                                        "usageLimit",
                                        limit));
                        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
                    });
        }
    }

    /** Returns when the coupon lowers the price of an order, by the terms of its version. */
    void awaitInForce(long version) {
        var sku = shop.newProduct(1);
        try (var customers = shop.calls()) {
            Eventually.await()
                    .untilAsserted(() -> assertThat(customers
                                    .post(shop.orders().resolve("/api/quotes"), order(sku), null)
                                    .body())
                            .contains("\"applied\":[{\"rule\":\"Few\"")
                            .containsPattern("\"version\":" + version + "\\b"));
        }
    }

    /** Returns an order with the coupon; empty if that is used up, expired or not known yet. */
    Optional<Order> tryToPlace(String sku) {
        try {
            return Optional.of(shop.place(order(sku)));
        } catch (RefusedException e) {
            assertThat(e).hasMessageContaining("coupon");
            return Optional.empty();
        }
    }

    private NewOrder order(String sku) {
        return new NewOrder("customer", List.of(new NewOrder.Line(sku, 3)), List.of(code), PaymentMethod.CARD);
    }
}
