package dev.orderflow.order.ordering;

import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.events.OtherTenantException;
import dev.orderflow.events.customer.CustomerEvent;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.events.stock.StockRejected;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.events.timer.PaymentDue;
import dev.orderflow.order.lifecycle.OrderLifecycle.Become;
import dev.orderflow.order.lifecycle.OrderLifecycle.Ignore;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.lifecycle.OrderTrigger;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Consumes the other services' answers and the timers of orders, and changes orders accordingly. Answers also count after the
 * order's deadline: they say what has happened.
 */
@Component
class OrderEventHandlers {

    private static final Logger log = LoggerFactory.getLogger(OrderEventHandlers.class);

    private final OrderRepository orders;
    private final OrderEvents events;
    private final PaymentTimer timer;
    private final OrderMetrics metrics;
    private final Clock clock;

    OrderEventHandlers(
            OrderRepository orders, OrderEvents events, PaymentTimer timer, OrderMetrics metrics, Clock clock) {
        this.orders = orders;
        this.events = events;
        this.timer = timer;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Loads and locks all orders of the batch with one query. Without the lock, a concurrent cancellation would change
     * an order's version and make the whole batch fail.
     */
    @BeforeBatch
    void lockOrders(List<DomainEvent> answers) {
        var ids = answers.stream()
                .filter(answer -> !(answer instanceof CustomerEvent))
                .map(DomainEvent::key)
                .map(UUID::fromString)
                .collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            orders.lockAll(ids);
        }
    }

    @EventHandler(handleExpired = true)
    void reserved(StockReserved answer) {
        apply(answer.orderId(), OrderTrigger.STOCK_RESERVED, order -> {});
    }

    @EventHandler(handleExpired = true)
    void rejected(StockRejected answer) {
        apply(answer.orderId(), OrderTrigger.STOCK_REJECTED, order -> order.check(answer.shortages()));
    }

    @EventHandler(handleExpired = true)
    void paid(PaymentCompleted answer) {
        apply(answer.orderId(), OrderTrigger.PAYMENT_COMPLETED, order -> order.check(answer.amount()));
    }

    @EventHandler(handleExpired = true)
    void declined(PaymentDeclined answer) {
        change(answer.orderId(), OrderTrigger.PAYMENT_DECLINED, order -> {
            order.check(answer.amount());
            apply(order, whyDeclined(order, answer));
        });
    }

    /** Distinguishes a charge that its bank declined from one that payment-service closed after its deadline. */
    private OrderTrigger whyDeclined(Order order, PaymentDeclined answer) {
        var deadline = EventContext.current().deadline();
        if (deadline == null || answer.at().isBefore(deadline)) {
            return OrderTrigger.PAYMENT_DECLINED;
        }
        return deadline.isBefore(timer.lastCharge(order.placedAt()))
                ? OrderTrigger.DEADLINE_PASSES
                : OrderTrigger.PAYMENT_TIMES_OUT;
    }

    @EventHandler(handleExpired = true)
    void shipped(ShipmentDispatched answer) {
        apply(answer.orderId(), OrderTrigger.SHIPMENT_DISPATCHED, order -> order.ship(answer.trackingId()));
    }

    @EventHandler(handleExpired = true)
    void delivered(ShipmentDelivered answer) {
        apply(answer.orderId(), OrderTrigger.SHIPMENT_DELIVERED, order -> order.checkShipment(answer.trackingId()));
    }

    @EventHandler(handleExpired = true)
    void lost(ShipmentLost answer) {
        apply(answer.orderId(), OrderTrigger.SHIPMENT_LOST, order -> order.checkShipment(answer.trackingId()));
    }

    @EventHandler(handleExpired = true)
    void stopped(ShipmentStopped answer) {
        apply(answer.orderId(), OrderTrigger.SHIPMENT_STOPPED, order -> order.checkShipment(answer.trackingId()));
    }

    /** Reminds the customer of an order that waits for its payment, or cancels it. Ignores one that is paid or cancelled. */
    @EventHandler
    void due(PaymentDue due) {
        switch (due.step()) {
            case REMINDER -> change(due.orderId(), OrderTrigger.PAYMENT_TIMES_OUT, this::remind);
            case TIMEOUT -> apply(due.orderId(), OrderTrigger.PAYMENT_TIMES_OUT, order -> {});
        }
    }

    /** An order that is not even reserved was not charged yet, and its customer can do nothing. It still times out. */
    private void remind(Order order) {
        if (order.status().isSettled()) {
            return;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var left = timer.continueAfterReminder(order.getId(), order.placedAt(), now);
        if (left.isZero()) {
            apply(order, OrderTrigger.PAYMENT_TIMES_OUT);
        } else if (order.status() == OrderStatus.RESERVED) {
            events.announce(order.unpaid(now.plus(left), now), order.placedAt());
        }
    }

    /**
     * Applies an answer after checking it. An answer that contradicts its order is wrong permanently, whatever the
     * order's status. So is an answer about an unknown order: answers follow this service's own events, so either the
     * order is lost or the answer is forged.
     */
    private void apply(UUID orderId, OrderTrigger answer, Consumer<Order> check) {
        change(orderId, answer, order -> {
            check.accept(order);
            apply(order, answer);
        });
    }

    private void change(UUID orderId, OrderTrigger answer, Consumer<Order> change) {
        try {
            var order = orders.findById(orderId)
                    .orElseThrow(() -> new AnswerMismatchException("order", "there is no order " + orderId));
            order.checkTenant();
            change.accept(order);
        } catch (AnswerMismatchException e) {
            metrics.answerMismatched(answer, e.fact());
            throw e;
        } catch (OtherTenantException e) {
            metrics.answerMismatched(answer, "tenant");
            throw e;
        }
    }

    private void apply(Order order, OrderTrigger answer) {
        switch (order.apply(answer, clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            case Become _ -> events.publish(order);
            case Ignore(var why) -> ignore(order.getId(), answer, why.name());
        }
    }

    /**
     * Logs an ignored answer. It is not an error: a retry would not help, and would delay all later events of the
     * order.
     */
    private void ignore(UUID orderId, OrderTrigger answer, String why) {
        log.info("answer ignored orderId={} answer={} why={}", orderId, answer, why);
        metrics.answerIgnored(answer, why);
    }
}
