package dev.orderflow.inventory.stock;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.events.order.PricedOrderLine;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events of orders whose customer, prices and dates do not matter here. */
final class OrderEvents {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final Money PRICE = Money.of("1.00", "GBP");

    private OrderEvents() {}

    static PricedOrderLine line(String sku, int quantity) {
        return new PricedOrderLine(
                sku, "product " + sku, quantity, PRICE, Money.zero("GBP"), PRICE, PRICE.times(quantity));
    }

    static OrderPlacedV2 placed(PricedOrderLine... lines) {
        return placed(UUID.randomUUID(), List.of(lines));
    }

    static OrderPlacedV2 placed(UUID orderId, List<PricedOrderLine> lines) {
        return new OrderPlacedV2(orderId, "customer", lines, PRICE, PaymentMethod.CARD, AT);
    }

    static OrderPaid paid(UUID orderId) {
        return new OrderPaid(orderId, "customer", PRICE, AT);
    }

    static OrderCancelled cancelled(UUID orderId) {
        return new OrderCancelled(orderId, "customer", CancellationReason.CUSTOMER_REQUEST, AT);
    }
}
