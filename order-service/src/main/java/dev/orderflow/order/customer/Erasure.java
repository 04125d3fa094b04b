package dev.orderflow.order.customer;

import dev.orderflow.edge.context.RequestTime;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.TenantRows;
import dev.orderflow.events.EventTenant;
import dev.orderflow.events.customer.CustomerErased;
import dev.orderflow.order.customer.CustomerRows.Locked;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Erases what names a customer: its orders name the reference afterwards, its idempotency keys and the row that says whose
 * the reference is are gone. The rest, events of its orders included, has named the reference all along.
 * <p>
 * Works in steps, each a short transaction that holds up placing for a moment only: the row is locked so that an order of
 * the customer is either found or placed afterwards, by a new customer with the same id. The last step deletes the row and
 * publishes the event. An erasure that ends before leaves some orders anonymous and continues when it is requested again.
 */
@Service
class Erasure {

    private static final Logger log = LoggerFactory.getLogger(Erasure.class);

    /** Rows per step: few, so that no order waits long for the customer's row. */
    static final int AT_ONCE = 500;

    /** Rows per repeated erasure, of which one transaction has up to {@code eventing.inbox.max-batch}. */
    static final int REPEATED_AT_ONCE = 100;

    /** Longest time of a request; it is shorter than the time-outs of clients and proxies. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Customers customers;
    private final CustomerRows rows;
    private final EventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final Counter erased;

    Erasure(
            Customers customers,
            CustomerRows rows,
            EventPublisher events,
            TransactionOperations transactions,
            Clock clock,
            MeterRegistry meters) {
        this.customers = customers;
        this.rows = rows;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
        this.erased = Counter.builder("orders.customers.erased")
                .description("Customers whose data was erased")
                .register(meters);
    }

    /**
     * Erases a customer of the tenant.
     *
     * @param name id or reference
     * @throws Refusal if there is no such customer, orders are in progress, or the time is over before the end
     */
    void erase(String tenant, String name) {
        TenantRows.of(tenant).call(() -> {
            eraseInSteps(tenant, prepare(tenant, name));
            return null;
        });
    }

    private void eraseInSteps(String tenant, String id) {
        var end = System.nanoTime() + RequestTime.atMost(LONGEST).toNanos();
        while (!inTransaction(() -> step(tenant, id))) {
            if (System.nanoTime() - end > 0) {
                throw Refusal.unavailable(
                        "erasure_unfinished", "The customer has many orders. Repeat the request to go on.");
            }
        }
    }

    /** Returns the id of the customer, which has a row then. */
    private String prepare(String tenant, String name) {
        return inTransaction(() -> {
            var customer = customers.find(tenant, name).orElseThrow(Erasure::notFound);
            if (customer.reference() == null) {
                rows.add(tenant, customer.id());
            }
            return customer.id();
        });
    }

    /** Returns whether nothing is left to do, which a concurrent erasure may also have achieved. */
    private boolean step(String tenant, String id) {
        var locked = rows.lock(tenant, id);
        return locked.isEmpty() || step(locked.get());
    }

    private boolean step(Locked customer) {
        if (rows.hasOrdersInProgress(customer)) {
            throw Refusal.conflict(
                    "orders_in_progress",
                    "The customer has orders that are neither paid nor cancelled. Try again later.");
        }
        if (!forget(customer, AT_ONCE) || !rows.delete(customer)) {
            return false;
        }
        publish(new CustomerErased(customer.reference(), clock.instant().truncatedTo(ChronoUnit.MICROS)));
        erased.increment();
        log.info("customer erased cause=request");
        return true;
    }

    /** Consumers must know of it however late: the event has no deadline, though the request may have one. */
    private void publish(CustomerErased event) {
        try (var _ = EventContext.current().withoutDeadline().open()) {
            events.publish(event);
        }
    }

    /**
     * Erases a customer again that a restored backup has brought back. Joins the current transaction, and does nothing if
     * there is no customer with the reference, as is usual. If there are more rows than one transaction should change, or one is
     * locked, it publishes the event again, whose consumption continues.
     *
     * @throws dev.orderflow.events.OtherTenantException if the customer is not one of the event's tenant
     */
    void repeat(CustomerErased event) {
        rows.lock(event.customerId()).ifPresent(customer -> {
            EventTenant.require(customer.tenant());
            if (forget(customer, REPEATED_AT_ONCE) && rows.delete(customer)) {
                erased.increment();
                log.info("customer erased cause=event");
            } else {
                publish(event);
            }
        });
    }

    /** Changes some of the rows that name the customer, and returns whether none is left. */
    private boolean forget(Locked customer, int atMost) {
        var left = atMost - rows.anonymize(customer, atMost);
        return left > rows.forgetKeys(customer, left);
    }

    static Refusal notFound() {
        return Refusal.notFound("customer_not_found", "There is no such customer.");
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
