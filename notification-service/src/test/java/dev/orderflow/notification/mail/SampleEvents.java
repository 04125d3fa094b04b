package dev.orderflow.notification.mail;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderLine;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.events.order.PricedOrderLine;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events of an order that the tests send. */
final class SampleEvents {

    static final Instant AT = Instant.parse("2010-12-01T08:26:00Z");
    static final Money TOTAL = Money.of("15.30", "GBP");

    private SampleEvents() {}

    static OrderPlaced placed(UUID orderId, String customerId) {
        return placed(orderId, customerId, "WHITE HANGING HEART T-LIGHT HOLDER");
    }

    static OrderPlaced placed(UUID orderId, String customerId, String productName) {
        var line = new OrderLine("85123A", productName, 6, Money.of("2.55", "GBP"), TOTAL);
        return new OrderPlaced(orderId, customerId, List.of(line), TOTAL, PaymentMethod.CARD, AT);
    }

    static OrderPlacedV2 placed(UUID orderId, PricedOrderLine... lines) {
        return new OrderPlacedV2(orderId, "17850", List.of(lines), TOTAL, PaymentMethod.CARD, AT);
    }

    /** Returns a line of six units. */
    static PricedOrderLine line(String name, String discount, String amount) {
        var price = Money.of("2.55", "GBP");
        var off = Money.of(discount, "GBP");
        var net = new Money(price.amount().subtract(off.amount()), "GBP");
        return new PricedOrderLine("85123A", name, 6, price, off, net, Money.of(amount, "GBP"));
    }

    static OrderReserved reserved(UUID orderId, String customerId) {
        return new OrderReserved(orderId, customerId, TOTAL, PaymentMethod.CARD, AT);
    }

    static OrderUnpaid unpaid(UUID orderId, String customerId) {
        return new OrderUnpaid(orderId, customerId, TOTAL, AT.plusSeconds(300), AT);
    }

    static OrderPaid paid(UUID orderId, String customerId) {
        return new OrderPaid(orderId, customerId, TOTAL, AT);
    }

    static OrderShipped shipped(UUID orderId, String customerId) {
        return shipped(orderId, customerId, "trk_1");
    }

    static OrderShipped shipped(UUID orderId, String customerId, String trackingId) {
        return new OrderShipped(orderId, customerId, trackingId, AT);
    }

    static OrderFollowUpDue followUpDue(UUID orderId, String customerId) {
        return new OrderFollowUpDue(orderId, customerId, AT, AT.plusSeconds(259_200));
    }

    static OrderDelivered delivered(UUID orderId, String customerId) {
        return new OrderDelivered(orderId, customerId, AT);
    }

    static OrderCancelled cancelled(UUID orderId, String customerId, CancellationReason reason) {
        return new OrderCancelled(orderId, customerId, reason, AT);
    }
}
