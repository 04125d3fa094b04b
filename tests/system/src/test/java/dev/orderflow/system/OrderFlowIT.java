package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the three final outcomes of an order without intervention. */
@SystemTest
class OrderFlowIT {

    private final Shop shop;
    private final Sandbox sandbox;

    OrderFlowIT(Shop shop, Sandbox sandbox) {
        this.shop = shop;
        this.sandbox = sandbox;
    }

    @Test
    void anOrderIsReservedPaidAndMailed() {
        var sku = shop.newProduct(10);

        var order = shop.awaitFinal(shop.place(sku, 3).orderId());

        assertThat(order.status()).isEqualTo(OrderStatus.PAID);
        assertThat(order.total()).isEqualTo(Money.of("45.90", "GBP"));
        assertThat(order.history())
                .extracting(Order.Change::status)
                .containsExactly(OrderStatus.PLACED, OrderStatus.RESERVED, OrderStatus.PAID);
        shop.awaitStock(sku, 7, 0, 3);
        sandbox.awaitPayment(order.orderId(), order.total(), "CAPTURED");
        sandbox.awaitMails(order.orderId(), "PLACED", "RESERVED", "PAID");
    }

    @Test
    void aDeclinedPaymentCancelsTheOrderAndReleasesItsStock() {
        var sku = shop.newProduct(10);

        var order = shop.awaitFinal(
                shop.place(Shop.order(sku, 3, PaymentMethod.CARD_DECLINED)).orderId());

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.reason()).isEqualTo("PAYMENT_DECLINED");
        shop.awaitStock(sku, 10, 0, 0);
        sandbox.awaitPayment(order.orderId(), order.total(), "DECLINED");
        sandbox.awaitMails(order.orderId(), "PLACED", "RESERVED", "CANCELLED");
    }

    @Test
    void anOrderOfWhichOneLineIsShortReservesNothingAndIsNeverCharged() {
        var plenty = shop.newProduct(10);
        var scarce = shop.newProduct(2);
        var lines = List.of(new NewOrder.Line(plenty, 1), new NewOrder.Line(scarce, 3));

        var order = shop.awaitFinal(
                shop.place(new NewOrder("customer", lines, PaymentMethod.CARD)).orderId());

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.reason()).isEqualTo("OUT_OF_STOCK");
        sandbox.awaitMails(order.orderId(), "PLACED", "CANCELLED");
        shop.awaitStock(plenty, 10, 0, 0);
        shop.awaitStock(scarce, 2, 0, 0);
        assertThat(sandbox.payments(order.orderId())).isEmpty();
    }
}
