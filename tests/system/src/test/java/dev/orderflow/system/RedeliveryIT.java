package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests that events redelivered by Kafka, which delivers at least once, have no second effect. */
@SystemTest
class RedeliveryIT {

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    RedeliveryIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    @Test
    void allEventsDeliveredAgainChangeNothing() {
        oneOrderOfEachKind();
        suite.verify(); // All events are consumed and nothing is in flight.
        try (var topics = new EventTopics(suite.topology().bootstrapServers())) {
            var before = Footprint.of(suite);
            assertThat(before.tables()).doesNotContainEntry("order-service.orders", "0 rows ");

            var again = topics.publishAllAgain();
            topics.awaitConsumed();

            assertThat(again).isPositive();
            assertThat(Footprint.of(suite)).isEqualTo(before);
            assertThat(topics.size()).as("no event was published in response").isEqualTo(2 * again);
        }
    }

    private void oneOrderOfEachKind() {
        var sku = shop.newProduct(10);
        var paid = shop.place(sku, 1);
        var declined = shop.place(Shop.order(sku, 1, PaymentMethod.CARD_DECLINED));
        var outOfStock = shop.place(sku, 11);
        shop.await(paid.orderId(), OrderStatus.PAID);
        sandbox.shipSlowly(Duration.ofSeconds(3));
        var refunded = shop.place(sku, 1);
        shop.await(refunded.orderId(), OrderStatus.PAID);
        shop.cancel(refunded.orderId());
        sandbox.beWell();
        sandbox.awaitShipment(refunded.orderId(), "STOPPED");
        shop.await(paid.orderId(), OrderStatus.DELIVERED);
        shop.await(declined.orderId(), OrderStatus.CANCELLED);
        shop.await(outOfStock.orderId(), OrderStatus.CANCELLED);
        shop.awaitStock(sku, 9, 0, 1);
        awaitArrivals();
    }

    /** Waits until no parcel of this or another test is on its way. */
    private void awaitArrivals() {
        try (var database = new ServiceDatabase(suite, Service.SHIPPING)) {
            Eventually.await()
                    .until(() -> database.count("SELECT count(*) FROM shipment WHERE state = 'DISPATCHED'") == 0);
        }
    }
}
