package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.verify.evidence.Service;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the way of paid orders to the doorstep, with shipping-service killed on it. */
@SystemTest
class ShippingIT {

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    ShippingIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    @Test
    void aPaidOrderIsDeliveredAndItsCustomerHearsOfEachStep() {
        var placed = shop.place(shop.newProduct(5), 1);

        var delivered = shop.await(placed.orderId(), OrderStatus.DELIVERED);

        assertThat(delivered.history())
                .extracting(Order.Change::status)
                .containsExactly(
                        OrderStatus.PLACED,
                        OrderStatus.RESERVED,
                        OrderStatus.PAID,
                        OrderStatus.SHIPPED,
                        OrderStatus.DELIVERED);
        sandbox.awaitShipment(placed.orderId(), "DELIVERED");
        sandbox.awaitMails(placed.orderId(), "PLACED", "RESERVED", "PAID", "SHIPPED", "DELIVERED");
    }

    @Test
    void anOrderThatIsShippedCanNoLongerBeCancelled() {
        var placed = shop.place(shop.newProduct(5), 1);
        shop.await(placed.orderId(), OrderStatus.SHIPPED);

        try (var json = shop.calls()) {
            var refused = json.post(URI.create(shop.orders() + "/" + placed.orderId() + "/cancel"), "", null);

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("order_shipped");
        }
        shop.await(placed.orderId(), OrderStatus.DELIVERED);
    }

    @Test
    void aLostParcelIsRefundedAndItsGoodsAreGone() {
        sandbox.loseParcels();
        var sku = shop.newProduct(5);
        var placed = shop.place(sku, 2);

        var lost = shop.await(placed.orderId(), OrderStatus.CANCELLED);

        assertThat(lost.reason()).isEqualTo("PARCEL_LOST");
        sandbox.awaitPayment(placed.orderId(), placed.total(), "REFUNDED");
        sandbox.awaitMails(placed.orderId(), "PLACED", "RESERVED", "PAID", "SHIPPED", "CANCELLED");
        shop.awaitStock(sku, 3, 0, 2);
    }

    /** It is released, but has not left. */
    @Test
    void aParcelThatTheCarrierStopsIsRefundedAndItsGoodsComeBack() {
        sandbox.shipSlowly(Duration.ZERO);
        var sku = shop.newProduct(5);
        var placed = shop.place(sku, 2);
        sandbox.awaitMails(placed.orderId(), "PLACED", "RESERVED", "PAID", "SHIPPED");
        try (var topics = new EventTopics(suite.topology().bootstrapServers())) {
            topics.awaitConsumed(Service.SHIPPING.group(), Topics.ORDER_EVENTS);
        }

        sandbox.stopParcel(placed.orderId());

        assertThat(shop.await(placed.orderId(), OrderStatus.CANCELLED).reason()).isEqualTo("PARCEL_STOPPED");
        sandbox.awaitPayment(placed.orderId(), placed.total(), "REFUNDED");
        sandbox.awaitMails(placed.orderId(), "PLACED", "RESERVED", "PAID", "SHIPPED", "CANCELLED");
        shop.awaitStock(sku, 5, 0, 0);
    }

    /** The cancellation waits behind the dispatch, which is made up for after the outage. */
    @Test
    void theParcelOfAnOrderThatIsCancelledWhileTheCarrierIsAwayNeverLeaves() {
        sandbox.refuseParcels();
        var placed = shop.place(shop.newProduct(5), 1);
        shop.await(placed.orderId(), OrderStatus.PAID);
        suite.kill(Part.SHIPPING);
        suite.start(Part.SHIPPING);

        shop.cancel(placed.orderId());
        sandbox.beWell();

        sandbox.awaitShipment(placed.orderId(), "STOPPED");
        sandbox.awaitPayment(placed.orderId(), placed.total(), "REFUNDED");
        sandbox.awaitMails(placed.orderId(), "PLACED", "RESERVED", "PAID", "CANCELLED");
    }

    @Test
    void everyOrderIsShippedOnceWhileShippingIsKilledBeforeAndAfterTheCarriersAnswers() {
        sandbox.shipSlowly(Duration.ofMillis(300));
        var sku = shop.newProduct(100);
        var orders =
                Stream.generate(() -> shop.place(sku, 1).orderId()).limit(20).toList();
        shop.await(orders.getFirst(), OrderStatus.SHIPPED);

        suite.kill(Part.SHIPPING);
        suite.start(Part.SHIPPING);
        orders.forEach(order -> shop.await(order, OrderStatus.SHIPPED));

        assertThat(orders)
                .allSatisfy(order -> assertThat(sandbox.shipments(order)).hasSize(1));
    }

    @Test
    void parcelsArriveAlthoughShippingWasKilledWhileTheyWereOnTheirWay() {
        var orders = List.of(placeAndShip(), placeAndShip());
        orders.forEach(sandbox::awaitRelease);

        suite.kill(Part.SHIPPING);
        orders.forEach(order -> sandbox.awaitShipment(order, "DELIVERED"));
        suite.start(Part.SHIPPING);

        orders.forEach(order -> shop.await(order, OrderStatus.DELIVERED));
    }

    private UUID placeAndShip() {
        var placed = shop.place(shop.newProduct(5), 1);
        return shop.await(placed.orderId(), OrderStatus.SHIPPED).orderId();
    }
}
