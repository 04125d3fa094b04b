package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.events.order.PaymentMethod;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that a client that got no response can safely repeat its request. */
@SystemTest
class IdempotencyIT {

    private final Shop shop;
    private final JsonCalls json;
    private final String key = UUID.randomUUID().toString();

    IdempotencyIT(Shop shop) {
        this.shop = shop;
        this.json = shop.calls();
    }

    @AfterEach
    void close() {
        json.close();
    }

    @Test
    void theSameRequestAgainIsAnsweredAsTheFirst() {
        var sku = shop.newProduct(10);
        var order = Shop.order(sku, 1, PaymentMethod.CARD);

        var first = json.post(shop.orders(), order, key);
        var placed = json.read(first, Order.class);
        shop.await(placed.orderId(), OrderStatus.PAID);
        var second = json.post(shop.orders(), order, key);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"))
                .isPresent();
        shop.awaitStock(sku, 9, 0, 1);
    }

    @Test
    void aDifferentRequestWithAUsedKeyIsRefused() {
        var sku = shop.newProduct(10);
        var placed = shop.place(Shop.order(sku, 1, PaymentMethod.CARD), key);

        var other = json.post(shop.orders(), Shop.order(sku, 2, PaymentMethod.CARD), key);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency_key_reused");
        shop.await(placed.orderId(), OrderStatus.PAID);
        shop.awaitStock(sku, 9, 0, 1);
    }

    @Test
    void manyEqualRequestsAtTheSameTimePlaceOneOrder() {
        var sku = shop.newProduct(100);
        var order = Shop.order(sku, 1, PaymentMethod.CARD);

        var answers = AtOnce.times(30, () -> shop.place(order, key));

        assertThat(answers).hasSize(30).containsOnly(answers.getFirst());
        shop.await(answers.getFirst().orderId(), OrderStatus.PAID);
        shop.awaitStock(sku, 99, 0, 1);
    }
}
