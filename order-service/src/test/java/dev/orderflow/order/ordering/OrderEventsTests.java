package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.order.lifecycle.OrderTrigger;
import dev.orderflow.order.promotion.PromotionUses;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ApplicationEventPublisher;

class OrderEventsTests {

    private static final UUID ID = UUID.randomUUID();
    private static final Instant AT = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant PLACED_AT = AT.minusSeconds(10);
    private static final Money TOTAL = Money.of("5.10", "GBP");
    private static final EventContext CONTEXT =
            new EventContext("flow", "cause", "reorder", "shop", EventPriority.HIGH, AT, "parent", "state");

    private final List<EventContext> contexts = new ArrayList<>();
    private final PaymentTimer timer = mock();
    private final FollowUp followUp = mock();
    private final PromotionUses promotions = mock();
    private final ApplicationEventPublisher process = mock();
    private final OrderEvents events =
            new OrderEvents(event -> contexts.add(EventContext.current()), timer, followUp, promotions, process);

    @Test
    void theDeadlineIsHandedOnUntilTheOrderIsPaid() {
        given(timer.lastCharge(PLACED_AT)).willReturn(AT.plusSeconds(1));
        publish(new OrderPlaced(ID, "ann", List.of(), TOTAL, PaymentMethod.CARD, AT));
        publish(new OrderReserved(ID, "ann", TOTAL, PaymentMethod.CARD, AT));

        assertThat(contexts).containsExactly(CONTEXT, CONTEXT);
    }

    @Test
    void aReservedOrderIsNotChargedAfterItsTimeOut() {
        given(timer.lastCharge(PLACED_AT)).willReturn(AT.minusSeconds(1));
        publish(new OrderReserved(ID, "ann", TOTAL, PaymentMethod.CARD, AT));

        assertThat(contexts).containsExactly(CONTEXT.until(AT.minusSeconds(1)));
    }

    @Test
    void theEndOfAnOrderMustBeKnownHoweverLateItIs() {
        publish(new OrderPaid(ID, "ann", TOTAL, AT));
        publish(new OrderCancelled(ID, "ann", CancellationReason.DEADLINE_PASSED, AT));

        var withoutDeadline =
                new EventContext("flow", "cause", "reorder", "shop", EventPriority.HIGH, null, "parent", "state");
        assertThat(contexts).containsExactly(withoutDeadline, withoutDeadline);
    }

    @Test
    void theTimerRunsWhileAnOrderWaitsForItsPayment() {
        publish(new OrderPlaced(ID, "ann", List.of(), TOTAL, PaymentMethod.CARD, AT));
        verify(timer).begin(ID);

        given(timer.lastCharge(PLACED_AT)).willReturn(AT);
        publish(new OrderReserved(ID, "ann", TOTAL, PaymentMethod.CARD, AT));
        verify(timer).lastCharge(PLACED_AT);
        publish(new OrderUnpaid(ID, "ann", TOTAL, AT, AT));
        verifyNoMoreInteractions(timer);

        publish(new OrderPaid(ID, "ann", TOTAL, AT));
        publish(new OrderCancelled(ID, "ann", CancellationReason.CUSTOMER_REQUEST, AT));
        verify(timer, times(2)).end(ID);
    }

    /** Its payment has ended the timer. */
    @Test
    void aShippedOrderHasNoTimerButIsFollowedUpOnceDelivered() {
        publish(new OrderShipped(ID, "ann", "trk_1", AT));
        verifyNoInteractions(followUp);
        var delivered = new OrderDelivered(ID, "ann", AT);
        publish(delivered);

        verifyNoInteractions(timer);
        verify(followUp).begin(delivered);
    }

    @Test
    void aReminderIsNoChangeOfStatus() {
        publish(new OrderUnpaid(ID, "ann", TOTAL, AT, AT));

        verifyNoInteractions(process);
    }

    @ParameterizedTest
    @MethodSource("cancellations")
    void aCancelledOrderGivesBackItsUsesOfPromotions(List<OrderTrigger> triggers) {
        var order = order(new OrderDiscount(UUID.randomUUID(), 1, "rule", new BigDecimal("0.10")));
        for (var trigger : triggers) {
            verifyNoInteractions(promotions);
            order.ship("trk_1");
            order.apply(trigger, AT);
            events.publish(order);
        }

        verify(promotions).giveBack(ID);
    }

    private static Stream<List<OrderTrigger>> cancellations() {
        return Stream.of(
                List.of(OrderTrigger.STOCK_REJECTED),
                List.of(OrderTrigger.STOCK_RESERVED, OrderTrigger.PAYMENT_DECLINED),
                List.of(OrderTrigger.CUSTOMER_CANCELS),
                List.of(OrderTrigger.DEADLINE_PASSES),
                List.of(OrderTrigger.STOCK_RESERVED, OrderTrigger.PAYMENT_TIMES_OUT),
                List.of(
                        OrderTrigger.STOCK_RESERVED,
                        OrderTrigger.PAYMENT_COMPLETED,
                        OrderTrigger.SHIPMENT_DISPATCHED,
                        OrderTrigger.SHIPMENT_LOST));
    }

    @Test
    void anOrderAtListPricesHasNothingToGiveBack() {
        var order = order();
        order.apply(OrderTrigger.CUSTOMER_CANCELS, AT);
        events.publish(order);

        verifyNoInteractions(promotions);
    }

    private static Order order(OrderDiscount... discounts) {
        return Order.place(
                ID,
                "demo",
                new NewOrder("ann", List.of(new NewOrder.Line("LAMP", 2)), PaymentMethod.CARD),
                "~reference",
                new Quote(
                        List.of(new PricedLine("LAMP", "Lamp", 2, new BigDecimal("2.60"), new BigDecimal("5.20"))),
                        List.of(discounts),
                        TOTAL),
                AT,
                EventContext.none());
    }

    private void publish(OrderEvent event) {
        try (var _ = CONTEXT.open()) {
            events.announce(event, PLACED_AT);
            assertThat(EventContext.current()).isEqualTo(CONTEXT);
        }
    }
}
