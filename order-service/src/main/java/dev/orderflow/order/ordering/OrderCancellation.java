package dev.orderflow.order.ordering;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.TenantRows;
import dev.orderflow.order.lifecycle.OrderLifecycle.Become;
import dev.orderflow.order.lifecycle.OrderLifecycle.Ignore;
import dev.orderflow.order.lifecycle.OrderTrigger;
import dev.orderflow.order.ownership.Ownership;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Cancels orders at their customers' request. */
@Service
class OrderCancellation {

    private final OrderRepository orders;
    private final OrderEvents events;
    private final TransactionOperations transactions;
    private final Clock clock;

    /** Bounded retries: an order changes only a few times, so a cancellation rarely loses more than one race. */
    private final RetryTemplate retries = new RetryTemplate(RetryPolicy.builder()
            .includes(OptimisticLockingFailureException.class)
            .maxRetries(5)
            .delay(Duration.ofMillis(10))
            .jitter(Duration.ofMillis(5))
            .multiplier(2)
            .build());

    OrderCancellation(OrderRepository orders, OrderEvents events, TransactionOperations transactions, Clock clock) {
        this.orders = orders;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Cancels the order; a cancelled order stays as it is. After a concurrent change, decides again on the new state.
     *
     * @throws Refusal if {@code owner} has no such order, or it is dispatched, or it kept changing
     */
    OrderView cancel(UUID id, Ownership owner) {
        try {
            return TenantRows.of(owner.tenant())
                    .call(() -> retries.invoke(() -> transactions.execute(transaction -> cancelOnce(id, owner))));
        } catch (OptimisticLockingFailureException e) {
            throw Refusal.conflict("order_keeps_changing", "The order is being changed right now; try again.");
        }
    }

    private OrderView cancelOnce(UUID id, Ownership owner) {
        var order =
                orders.findWithLines(id).filter(found -> found.isOf(owner)).orElseThrow(() -> OrderReader.notFound(id));
        switch (order.apply(OrderTrigger.CUSTOMER_CANCELS, clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            case Become _ -> {
                // Flushed before the commit, because the view shows the new version.
                orders.flush();
                events.publish(order);
            }
            case Ignore(var why) -> {
                if (why == Ignore.Why.TOO_LATE) {
                    throw Refusal.conflict(
                            "order_shipped", "The order is " + order.status() + " and can no longer be cancelled.");
                }
            }
        }
        return OrderView.of(order);
    }
}
