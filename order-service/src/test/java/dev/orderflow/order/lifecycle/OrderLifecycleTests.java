package dev.orderflow.order.lifecycle;

import static dev.orderflow.events.order.CancellationReason.CUSTOMER_REQUEST;
import static dev.orderflow.events.order.CancellationReason.DEADLINE_PASSED;
import static dev.orderflow.events.order.CancellationReason.OUT_OF_STOCK;
import static dev.orderflow.events.order.CancellationReason.PARCEL_LOST;
import static dev.orderflow.events.order.CancellationReason.PARCEL_STOPPED;
import static dev.orderflow.events.order.CancellationReason.PAYMENT_TIMEOUT;
import static dev.orderflow.order.lifecycle.OrderStatus.CANCELLED;
import static dev.orderflow.order.lifecycle.OrderStatus.DELIVERED;
import static dev.orderflow.order.lifecycle.OrderStatus.PAID;
import static dev.orderflow.order.lifecycle.OrderStatus.PLACED;
import static dev.orderflow.order.lifecycle.OrderStatus.RESERVED;
import static dev.orderflow.order.lifecycle.OrderStatus.SHIPPED;
import static dev.orderflow.order.lifecycle.OrderTrigger.CUSTOMER_CANCELS;
import static dev.orderflow.order.lifecycle.OrderTrigger.DEADLINE_PASSES;
import static dev.orderflow.order.lifecycle.OrderTrigger.PAYMENT_COMPLETED;
import static dev.orderflow.order.lifecycle.OrderTrigger.PAYMENT_DECLINED;
import static dev.orderflow.order.lifecycle.OrderTrigger.PAYMENT_TIMES_OUT;
import static dev.orderflow.order.lifecycle.OrderTrigger.SHIPMENT_DELIVERED;
import static dev.orderflow.order.lifecycle.OrderTrigger.SHIPMENT_DISPATCHED;
import static dev.orderflow.order.lifecycle.OrderTrigger.SHIPMENT_LOST;
import static dev.orderflow.order.lifecycle.OrderTrigger.SHIPMENT_STOPPED;
import static dev.orderflow.order.lifecycle.OrderTrigger.STOCK_REJECTED;
import static dev.orderflow.order.lifecycle.OrderTrigger.STOCK_RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.order.lifecycle.OrderLifecycle.Become;
import dev.orderflow.order.lifecycle.OrderLifecycle.Ignore;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderLifecycleTests {

    @Test
    void anOrderThatCanBeServedIsReservedPaidShippedAndDelivered() {
        assertThat(OrderLifecycle.decide(PLACED, STOCK_RESERVED)).isEqualTo(become(RESERVED, null));
        assertThat(OrderLifecycle.decide(RESERVED, PAYMENT_COMPLETED)).isEqualTo(become(PAID, null));
        assertThat(OrderLifecycle.decide(PAID, SHIPMENT_DISPATCHED)).isEqualTo(become(SHIPPED, null));
        assertThat(OrderLifecycle.decide(SHIPPED, SHIPMENT_DELIVERED)).isEqualTo(become(DELIVERED, null));
    }

    @Test
    void anOrderThatCannotBeServedIsCancelledWithTheReason() {
        assertThat(OrderLifecycle.decide(PLACED, STOCK_REJECTED)).isEqualTo(become(CANCELLED, OUT_OF_STOCK));
        assertThat(OrderLifecycle.decide(RESERVED, PAYMENT_DECLINED))
                .isEqualTo(become(CANCELLED, CancellationReason.PAYMENT_DECLINED));
        assertThat(OrderLifecycle.decide(SHIPPED, SHIPMENT_LOST)).isEqualTo(become(CANCELLED, PARCEL_LOST));
    }

    @ParameterizedTest
    @EnumSource(names = {"PAID", "SHIPPED"})
    void anOrderWhoseParcelTheCarrierStopsIsCancelled(OrderStatus status) {
        assertThat(OrderLifecycle.decide(status, SHIPMENT_STOPPED)).isEqualTo(become(CANCELLED, PARCEL_STOPPED));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLACED", "RESERVED", "PAID"})
    void aCustomerMayCancelUntilDispatch(OrderStatus status) {
        assertThat(OrderLifecycle.decide(status, CUSTOMER_CANCELS)).isEqualTo(become(CANCELLED, CUSTOMER_REQUEST));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLACED", "RESERVED"})
    void anOrderThatIsNotPaidByItsDeadlineIsCancelled(OrderStatus status) {
        assertThat(OrderLifecycle.decide(status, DEADLINE_PASSES)).isEqualTo(become(CANCELLED, DEADLINE_PASSED));
    }

    @ParameterizedTest
    @EnumSource(names = {"SHIPPED", "DELIVERED"})
    void aDispatchedOrderCanNoLongerBeCancelled(OrderStatus status) {
        assertThat(OrderLifecycle.decide(status, CUSTOMER_CANCELS)).isEqualTo(new Ignore(Ignore.Why.TOO_LATE));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLACED", "RESERVED"})
    void anOrderThatNobodyPaysIsCancelled(OrderStatus status) {
        assertThat(OrderLifecycle.decide(status, PAYMENT_TIMES_OUT)).isEqualTo(become(CANCELLED, PAYMENT_TIMEOUT));
    }

    @ParameterizedTest
    @CsvSource({
        "PAID, DEADLINE_PASSES",
        "PAID, PAYMENT_TIMES_OUT",
        "SHIPPED, DEADLINE_PASSES",
        "SHIPPED, PAYMENT_TIMES_OUT",
        "DELIVERED, DEADLINE_PASSES",
        "DELIVERED, PAYMENT_TIMES_OUT"
    })
    void aPaidOrderWasPaidInTime(OrderStatus status, OrderTrigger late) {
        assertThat(OrderLifecycle.decide(status, late)).isEqualTo(new Ignore(Ignore.Why.LATE));
    }

    @Test
    void cancellingTwiceIsCancellingOnce() {
        assertThat(OrderLifecycle.decide(CANCELLED, CUSTOMER_CANCELS)).isEqualTo(new Ignore(Ignore.Why.REPEATED));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CUSTOMER_CANCELS")
    void anAnswerToACancelledOrderIsLate(OrderTrigger answer) {
        assertThat(OrderLifecycle.decide(CANCELLED, answer)).isEqualTo(new Ignore(Ignore.Why.LATE));
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVED, STOCK_RESERVED",
        "PAID, STOCK_RESERVED",
        "PAID, PAYMENT_COMPLETED",
        "SHIPPED, SHIPMENT_DISPATCHED",
        "DELIVERED, SHIPMENT_DISPATCHED",
        "DELIVERED, SHIPMENT_DELIVERED"
    })
    void anAnswerGivenBeforeChangesNothing(OrderStatus status, OrderTrigger answer) {
        assertThat(OrderLifecycle.decide(status, answer)).isEqualTo(new Ignore(Ignore.Why.REPEATED));
    }

    @ParameterizedTest
    @CsvSource({
        "PLACED, PAYMENT_COMPLETED",
        "PLACED, PAYMENT_DECLINED",
        "RESERVED, STOCK_REJECTED",
        "PAID, STOCK_REJECTED",
        "PAID, PAYMENT_DECLINED",
        "RESERVED, SHIPMENT_DISPATCHED",
        "PAID, SHIPMENT_DELIVERED",
        "PAID, SHIPMENT_LOST",
        "DELIVERED, SHIPMENT_LOST",
        "PLACED, SHIPMENT_STOPPED",
        "RESERVED, SHIPMENT_STOPPED",
        "DELIVERED, SHIPMENT_STOPPED",
        "SHIPPED, STOCK_REJECTED",
        "DELIVERED, PAYMENT_DECLINED"
    })
    void anAnswerOutOfTurnChangesNothing(OrderStatus status, OrderTrigger answer) {
        assertThat(OrderLifecycle.decide(status, answer)).isEqualTo(new Ignore(Ignore.Why.OUT_OF_TURN));
    }

    @ParameterizedTest
    @EnumSource
    void onlyACancelledOrderHasAReason(OrderStatus status) {
        for (var trigger : OrderTrigger.values()) {
            if (OrderLifecycle.decide(status, trigger) instanceof Become(var next, var reason)) {
                assertThat(reason != null).as("%s on %s", trigger, status).isEqualTo(next == CANCELLED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void reachableStatusesFollowFromTheDecisions(OrderStatus status) {
        assertThat(OrderLifecycle.reachableFrom(status)).isEqualTo(closure(status, EnumSet.noneOf(OrderStatus.class)));
    }

    private static Set<OrderStatus> closure(OrderStatus status, Set<OrderStatus> reached) {
        Arrays.stream(OrderTrigger.values())
                .map(trigger -> OrderLifecycle.decide(status, trigger))
                .forEach(decision -> {
                    if (decision instanceof Become(var next, var reason) && reached.add(next)) {
                        closure(next, reached);
                    }
                });
        return reached;
    }

    private static Become become(OrderStatus status, @Nullable CancellationReason reason) {
        return new Become(status, reason);
    }
}
