package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests that a customer can cancel an order at any stage. */
@SystemTest
class CancellationIT {

    private final Shop shop;
    private final Sandbox sandbox;

    CancellationIT(Shop shop, Sandbox sandbox) {
        this.shop = shop;
        this.sandbox = sandbox;
    }

    @Test
    void anOrderCancelledBeforeItsPaymentIsAnsweredGetsItsStockAndItsMoneyBack() {
        sandbox.beSlow(Duration.ofSeconds(2));
        var sku = shop.newProduct(5);
        var placed = shop.place(sku, 2);
        shop.await(placed.orderId(), OrderStatus.RESERVED);

        var cancelled = shop.cancel(placed.orderId());

        assertThat(cancelled.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(cancelled.reason()).isEqualTo("CUSTOMER_REQUEST");
        assertThat(cancelled.history())
                .extracting(Order.Change::status)
                .containsExactly(OrderStatus.PLACED, OrderStatus.RESERVED, OrderStatus.CANCELLED);
        sandbox.beWell();
        shop.awaitStock(sku, 5, 0, 0);
        sandbox.awaitPayment(placed.orderId(), placed.total(), "REFUNDED");
        sandbox.awaitMails(placed.orderId(), "PLACED", "RESERVED", "CANCELLED");
    }

    @Test
    void anOrderCancelledWhileItIsDispatchedIsRefundedAndItsParcelStopped() {
        sandbox.shipSlowly(Duration.ofSeconds(3));
        var sku = shop.newProduct(5);
        var placed = shop.place(sku, 2);
        shop.await(placed.orderId(), OrderStatus.PAID);
        shop.awaitStock(sku, 3, 0, 2);

        var cancelled = shop.cancel(placed.orderId());

        assertThat(cancelled.status()).isEqualTo(OrderStatus.CANCELLED);
        shop.awaitStock(sku, 5, 0, 0);
        sandbox.awaitPayment(placed.orderId(), placed.total(), "REFUNDED");
        sandbox.awaitShipment(placed.orderId(), "STOPPED");
        sandbox.awaitMails(placed.orderId(), "PLACED", "RESERVED", "PAID", "CANCELLED");
    }

    @Test
    void cancellingAgainChangesNothing() {
        var sku = shop.newProduct(5);
        var placed = shop.place(sku, 2);

        var first = shop.cancel(placed.orderId());
        var second = shop.cancel(placed.orderId());

        assertThat(second).isEqualTo(first);
        shop.awaitStock(sku, 5, 0, 0);
    }
}
