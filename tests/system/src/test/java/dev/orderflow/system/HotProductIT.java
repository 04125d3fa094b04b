package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.events.order.PaymentMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests many concurrent orders of one product. */
@SystemTest
class HotProductIT {

    private final Shop shop;

    HotProductIT(Shop shop) {
        this.shop = shop;
    }

    @Test
    void exactlyFiftyOfTwoHundredOrdersForFiftyUnitsAreServed() {
        var sku = shop.newProduct(50);

        var placed = AtOnce.times(200, () -> shop.place(sku, 1));
        var orders =
                placed.stream().map(order -> shop.awaitFinal(order.orderId())).toList();

        assertThat(orders)
                .filteredOn(order -> order.status() == OrderStatus.PAID)
                .hasSize(50);
        assertThat(orders)
                .filteredOn(order -> order.status() == OrderStatus.CANCELLED)
                .hasSize(150)
                .extracting(Order::reason)
                .containsOnly("OUT_OF_STOCK");
        shop.awaitStock(sku, 0, 0, 50);
    }

    @Test
    void ordersThatNameTwoProductsInOppositeOrderDoNotBlockEachOther() {
        var tea = new NewOrder.Line(shop.newProduct(100), 1);
        var milk = new NewOrder.Line(shop.newProduct(100), 1);

        var orders = List.of(
                new NewOrder("customer", List.of(tea, milk), PaymentMethod.CARD),
                new NewOrder("customer", List.of(milk, tea), PaymentMethod.CARD));
        var placed = AtOnce.times(30, () -> orders.stream().map(shop::place).toList()).stream()
                .flatMap(List::stream)
                .toList();

        assertThat(placed)
                .allSatisfy(order ->
                        assertThat(shop.awaitFinal(order.orderId()).status()).isEqualTo(OrderStatus.PAID));
        shop.awaitStock(tea.sku(), 40, 0, 60);
        shop.awaitStock(milk.sku(), 40, 0, 60);
    }
}
