package dev.orderflow.order.ordering;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.PublicationTime;
import dev.orderflow.events.timer.PaymentDue;
import dev.orderflow.events.timer.PaymentDue.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Schedules what happens to an order that is not paid. An order has one scheduled event at a time, since nearly all are paid
 * before the first one is due: a reminder, which schedules the time-out.
 * <p>
 * Orders of one transaction cost one statement to begin and one to end. A payment may complete just when the event is published:
 * its handler must look at the order's status.
 */
@Component
@EnableConfigurationProperties(PaymentProperties.class)
class PaymentTimer {

    private final EventPublisher events;
    private final PaymentProperties properties;

    PaymentTimer(EventPublisher events, PaymentProperties properties) {
        this.events = events;
        this.properties = properties;
    }

    /** Begins with the placement of an order. Joins its transaction. */
    void begin(UUID order) {
        if (properties.hasReminder()) {
            schedule(order, Step.REMINDER, properties.reminder());
        } else {
            schedule(order, Step.TIMEOUT, properties.timeout());
        }
    }

    /**
     * Continues after the reminder, in the transaction that handles it. A reminder that was late does not shorten the time after it,
     * but that ends with the time of charging.
     *
     * @return time until the order is cancelled, at least; zero if the caller is to cancel it now
     */
    Duration continueAfterReminder(UUID order, Instant placedAt, Instant now) {
        var left = Duration.between(now, lastCharge(placedAt));
        if (!left.isPositive()) {
            return Duration.ZERO;
        }
        var wait = left.compareTo(properties.afterReminder()) < 0 ? left : properties.afterReminder();
        schedule(order, Step.TIMEOUT, wait);
        return wait;
    }

    /**
     * Returns the deadline of charging an order that was placed at {@code placedAt}. Without it, an order whose payment was held up
     * for longer would be charged after its cancellation, just to be refunded.
     */
    Instant lastCharge(Instant placedAt) {
        return placedAt.plus(properties.timeToCharge());
    }

    /** Ends with the payment or cancellation of an order, when the current transaction commits. */
    void end(UUID order) {
        for (var synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof EndedOrders ended) {
                ended.keys.add(order.toString());
                return;
            }
        }
        TransactionSynchronizationManager.registerSynchronization(new EndedOrders(order.toString()));
    }

    private void schedule(UUID order, Step step, Duration delay) {
        events.publish(new PaymentDue(order, step), PublicationTime.after(delay));
    }

    /** The orders that end in one transaction. */
    private final class EndedOrders implements TransactionSynchronization {

        private final Set<String> keys = new HashSet<>();

        private EndedOrders(String first) {
            keys.add(first);
        }

        /** Precedes the outbox, whose rows a transaction locks last. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE - 1;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            events.cancel(PaymentDue.class, keys);
        }
    }
}
