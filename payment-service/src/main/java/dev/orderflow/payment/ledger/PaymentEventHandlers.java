package dev.orderflow.payment.ledger;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.events.EventTenant;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.payment.PaymentRefunded;
import dev.orderflow.payment.provider.ChargeAnswer;
import dev.orderflow.payment.provider.ChargeAnswer.Captured;
import dev.orderflow.payment.provider.ChargeAnswer.Declined;
import dev.orderflow.payment.provider.PaymentProvider;
import dev.orderflow.payment.provider.ProviderUnavailableException;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Charges an order once it is reserved, and refunds it when it is cancelled later.
 * <p>
 * Both handlers call the provider outside any transaction. A call may be repeated after a failure, or after a crash
 * between the provider's answer and its recording. The idempotency key then makes the provider return its first answer.
 */
@Component
class PaymentEventHandlers {

    private static final String PROVIDER = "payment-provider";

    private final PaymentProvider provider;
    private final PaymentRepository payments;
    private final EventPublisher events;
    private final Clock clock;

    PaymentEventHandlers(PaymentProvider provider, PaymentRepository payments, EventPublisher events, Clock clock) {
        this.provider = provider;
        this.payments = payments;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Charges a reserved order. A declined card is recorded and published like a successful charge; order-service then
     * cancels the order.
     * <p>
     * A charge waits for its answer until the order's deadline. After it an order is not charged any more. An attempt may
     * have charged it without getting the answer, or its request may still be on its way. Closing the charge settles both:
     * one that was made is recorded, so that the order's cancellation refunds it, and one that arrives later is declined.
     */
    @EventHandler(guard = PROVIDER, handleExpired = true)
    AfterCall authorize(OrderReserved order) {
        if (isSettled(order)) {
            return AfterCall.nothing();
        }
        var answer = isLate() ? close(order) : charge(order);
        return () -> record(order, answer);
    }

    /**
     * Refunds a captured payment. The order's earlier events are committed before this handler runs. A missing payment
     * was therefore never requested, and an existing one is final.
     */
    @EventHandler(guard = PROVIDER, handleExpired = true)
    AfterCall refund(OrderCancelled order) {
        var payment = payments.findById(order.orderId()).map(Payment::checkTenant);
        if (payment.filter(Payment::isCaptured).isEmpty()) {
            return AfterCall.nothing();
        }
        var reference = provider.refund(order.orderId());
        return () -> recordRefund(order.orderId(), reference);
    }

    /**
     * Returns whether the order has its payment. Its reservation is published again, under another id, by an order-service
     * whose database has lost its last transactions.
     */
    private boolean isSettled(OrderReserved order) {
        return payments.findById(order.orderId()).map(Payment::checkTenant).isPresent();
    }

    private boolean isLate() {
        return EventContext.current().isExpired(clock);
    }

    private ChargeAnswer charge(OrderReserved order) {
        var limit = EventContext.current().remaining(clock);
        try {
            return provider.charge(order.orderId(), order.total(), order.paymentMethod(), limit);
        } catch (ProviderUnavailableException e) {
            if (isLate()) {
                return close(order);
            }
            throw e;
        }
    }

    private ChargeAnswer close(OrderReserved order) {
        return provider.close(order.orderId(), order.total(), order.paymentMethod());
    }

    private void record(OrderReserved order, ChargeAnswer answer) {
        var id = order.orderId();
        var tenant = EventTenant.current();
        var amount = order.total();
        var now = clock.instant();
        switch (answer) {
            case Captured(var reference) -> {
                payments.save(Payment.captured(id, tenant, amount, reference, now));
                events.publish(new PaymentCompleted(id, amount, reference, now));
            }
            case Declined(var reference, var reason) -> {
                payments.save(Payment.declined(id, tenant, amount, reference, reason, now));
                events.publish(new PaymentDeclined(id, amount, reason, now));
            }
        }
    }

    private void recordRefund(UUID orderId, String reference) {
        var payment = payments.findById(orderId)
                .orElseThrow(() -> new IllegalStateException("there is no payment of order " + orderId));
        var now = clock.instant();
        payment.refund(now);
        events.publish(new PaymentRefunded(orderId, payment.amount(), reference, now));
    }
}
