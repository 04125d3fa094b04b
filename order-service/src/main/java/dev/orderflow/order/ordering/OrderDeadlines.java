package dev.orderflow.order.ordering;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.order.lifecycle.OrderLifecycle.Become;
import dev.orderflow.order.lifecycle.OrderTrigger;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Cancels the orders that are not paid by their deadline. Without it, such an order would stand still: the services
 * that would continue it skip its expired events. The cancellation belongs to the flow and the trace of the request that
 * placed the order.
 * <p>
 * Any number of instances may run it at the same time. Each locks the orders that it cancels and skips those that
 * another transaction has locked: either another instance cancels them, or an answer changes them right now, and the
 * next run looks again. A payment that completes at this moment either finds the order cancelled, and is refunded like
 * any payment of a cancelled order, or pays it first.
 */
@Component
class OrderDeadlines implements PeriodicTask {

    private static final Logger log = LoggerFactory.getLogger(OrderDeadlines.class);

    /** Interval of the runs, and so the usual delay of a cancellation. */
    private static final Duration PERIOD = Duration.ofMillis(500);

    /** Orders per transaction: few, so that no answer waits long for an order that is being cancelled. */
    static final int AT_ONCE = 100;

    /** Longest run; the next one cancels the others. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    /**
     * Locks the orders whose deadline has passed, served by orders_due. The database's clock decides for all instances.
     * The deadline itself was set by the clock of the instance that accepted the order.
     */
    private static final String LOCK_DUE = """
            SELECT id
              FROM orders
             WHERE deadline < now()
               AND status IN ('PLACED', 'RESERVED')
             ORDER BY deadline
             LIMIT :limit
               FOR UPDATE SKIP LOCKED
            """;

    private final JdbcClient jdbc;
    private final OrderRepository orders;
    private final OrderEvents events;
    private final TransactionOperations transactions;
    private final Clock clock;

    OrderDeadlines(
            JdbcClient jdbc,
            OrderRepository orders,
            OrderEvents events,
            TransactionOperations transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "order-deadlines";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run() {
        var end = System.nanoTime() + LONGEST_RUN.toNanos();
        int locked;
        do {
            locked = Objects.requireNonNull(transactions.execute(status -> cancel(lockDue())));
            if (locked > 0) {
                log.info("orders cancelled reason=DEADLINE_PASSED count={}", locked);
            }
        } while (locked == AT_ONCE && System.nanoTime() - end < 0);
    }

    private List<UUID> lockDue() {
        return jdbc.sql(LOCK_DUE).param("limit", AT_ONCE).query(UUID.class).list();
    }

    /** Cancels the orders, which this transaction has locked, and returns how many they are. */
    private int cancel(List<UUID> due) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (var order : orders.findAllById(due)) {
            if (order.apply(OrderTrigger.DEADLINE_PASSES, now) instanceof Become) {
                try (var _ = order.deadlineContext().open()) {
                    events.publish(order);
                }
            }
        }
        return due.size();
    }
}
