package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.events.order.PricedOrderLine;
import dev.orderflow.order.lifecycle.OrderLifecycle.Ignore;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.lifecycle.OrderTrigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderTests {

    private static final UUID ID = UUID.randomUUID();
    private static final String REFERENCE = "~8f14e45f-ceea-467f-a1c0-9d5d2a7c3b11";
    private static final Instant PLACED_AT = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant LATER = PLACED_AT.plusSeconds(1);
    private static final Money PRICE = Money.of("2.55", "GBP");
    private static final Money TOTAL = Money.of("5.10", "GBP");

    private final Order order = Order.place(
            ID,
            "demo",
            new NewOrder("ann", List.of(new NewOrder.Line("LAMP", 2)), PaymentMethod.CARD),
            REFERENCE,
            new Quote(
                    List.of(new PricedLine("LAMP", "Lamp", 2, new BigDecimal("2.55"), new BigDecimal("5.10"))), TOTAL),
            PLACED_AT,
            EventContext.none());

    @Test
    void theEventOfANewOrderHasAllThatConsumersNeed() {
        assertThat(order.latestEvent())
                .isEqualTo(new OrderPlacedV2(
                        ID,
                        REFERENCE,
                        List.of(new PricedOrderLine("LAMP", "Lamp", 2, PRICE, Money.zero("GBP"), PRICE, TOTAL)),
                        TOTAL,
                        PaymentMethod.CARD,
                        PLACED_AT));
        assertThat(order.isNew()).isTrue();
    }

    @Test
    void eachChangeIsPublishedAndRecorded() {
        order.apply(OrderTrigger.STOCK_RESERVED, LATER);
        assertThat(order.latestEvent()).isEqualTo(new OrderReserved(ID, REFERENCE, TOTAL, PaymentMethod.CARD, LATER));

        order.apply(OrderTrigger.PAYMENT_COMPLETED, LATER);
        assertThat(order.latestEvent()).isEqualTo(new OrderPaid(ID, REFERENCE, TOTAL, LATER));

        order.apply(OrderTrigger.CUSTOMER_CANCELS, LATER);
        assertThat(order.latestEvent())
                .isEqualTo(new OrderCancelled(ID, REFERENCE, CancellationReason.CUSTOMER_REQUEST, LATER));

        assertThat(order.history())
                .containsExactly(
                        new StatusChange(OrderStatus.PLACED, null, PLACED_AT),
                        new StatusChange(OrderStatus.RESERVED, null, LATER),
                        new StatusChange(OrderStatus.PAID, null, LATER),
                        new StatusChange(OrderStatus.CANCELLED, CancellationReason.CUSTOMER_REQUEST, LATER));
    }

    @Test
    void theEventsOfAShippedOrderNameItsFirstShipment() {
        order.apply(OrderTrigger.STOCK_RESERVED, LATER);
        order.apply(OrderTrigger.PAYMENT_COMPLETED, LATER);
        order.ship("trk_1");
        order.apply(OrderTrigger.SHIPMENT_DISPATCHED, LATER);
        order.ship("trk_2");
        assertThat(order.latestEvent()).isEqualTo(new OrderShipped(ID, REFERENCE, "trk_1", LATER));

        order.apply(OrderTrigger.SHIPMENT_DELIVERED, LATER);
        assertThat(order.latestEvent()).isEqualTo(new OrderDelivered(ID, REFERENCE, LATER));
    }

    @Test
    void anIgnoredAnswerChangesNothing() {
        order.apply(OrderTrigger.STOCK_REJECTED, LATER);

        assertThat(order.apply(OrderTrigger.PAYMENT_COMPLETED, LATER)).isInstanceOf(Ignore.class);

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.reason()).isEqualTo(CancellationReason.OUT_OF_STOCK);
        assertThat(order.history()).hasSize(2);
    }

    @Test
    void theViewAsPlacedDoesNotChangeLater() {
        var asPlaced = OrderView.of(order);

        order.apply(OrderTrigger.STOCK_RESERVED, LATER);
        order.apply(OrderTrigger.PAYMENT_DECLINED, LATER);

        assertThat(OrderView.of(order)).isNotEqualTo(asPlaced);
        assertThat(OrderView.of(order).asPlaced()).isEqualTo(asPlaced);
    }
}
