package dev.orderflow.order.retention;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.RetentionClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes old orders with their lines and histories, of all tenants, and customers who then have no order. Any number of
 * instances may run it at the same time: each skips the rows that another has locked. An order that is not settled is never
 * deleted, however old it is. {@link RetentionClock} decides what is old, so a clock that is wrong for a while deletes
 * nothing.
 * <p>
 * A customer who was locked when the last order was deleted is found later, without it.
 */
@Component
@EnableConfigurationProperties(OrderRetentionProperties.class)
class OrderRetention implements PeriodicTask {

    private static final Logger log = LoggerFactory.getLogger(OrderRetention.class);

    /** Orders or customers per transaction; an order may have 1,000 lines. */
    private static final int AT_ONCE = 500;

    private static final Duration PERIOD = Duration.ofHours(1);

    /** Longest run; the next run continues. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    /** Served by orders_settled_age, which has settled orders only. */
    private static final String OLDEST = """
            SELECT id
              FROM orders
             WHERE status IN ('PAID', 'SHIPPED', 'DELIVERED', 'CANCELLED') AND placed_at < :time
             ORDER BY placed_at
             LIMIT :limit
               FOR UPDATE SKIP LOCKED
            """;

    /** Served by the primary keys, which begin with the order. */
    private static final String DELETE_LINES = "DELETE FROM order_line WHERE order_id = ANY (:orders::uuid[])";

    private static final String DELETE_HISTORY =
            "DELETE FROM order_status_change WHERE order_id = ANY (:orders::uuid[])";

    /** Locks counters before claims, as cancellations do. */
    private static final String DELETE_CLAIMS = """
            WITH counters AS (
                SELECT id
                  FROM promotion_counter
                 WHERE id IN (SELECT counter_id FROM promotion_claim WHERE order_id = ANY (:orders::uuid[]))
                   FOR KEY SHARE
            )
            DELETE FROM promotion_claim claim
             USING counters
             WHERE claim.order_id = ANY (:orders::uuid[]) AND claim.counter_id = counters.id
            """;

    private static final String DELETE_ORDERS = """
            DELETE FROM orders WHERE id = ANY (:orders::uuid[]) RETURNING tenant, customer_id
            """;

    /**
     * Locks customers, served by the primary key (tenant, id); not those for whom an order is being placed. Only a later
     * statement sees the orders that were placed before.
     */
    private static final String LOCK_CUSTOMERS = """
            SELECT c.tenant, c.id
              FROM customer c
              JOIN unnest(:tenants::text[], :customers::text[]) AS of_order (tenant, id)
                ON c.tenant = of_order.tenant AND c.id = of_order.id
             ORDER BY c.tenant, c.id
               FOR UPDATE OF c SKIP LOCKED
            """;

    /**
     * Locks what counts the uses of promotions by locked customers, and is deleted with them; not that of an order which is being
     * cancelled, since an erasure has left it alone. Served by the primary key (tenant, id) and promotion_counter_of_customer.
     */
    private static final String LOCK_COUNTERS = """
            SELECT p.id
              FROM promotion_counter p
              JOIN customer c ON c.reference = p.customer_reference
              JOIN unnest(:tenants::text[], :customers::text[]) AS locked (tenant, id)
                ON c.tenant = locked.tenant AND c.id = locked.id
               FOR UPDATE OF p SKIP LOCKED
            """;

    /** Served by the primary key (tenant, id), orders_newest_of_owner and promotion_counter_of_customer. */
    private static final String DELETE_CUSTOMERS = """
            DELETE FROM customer c
             USING unnest(:tenants::text[], :customers::text[]) AS locked (tenant, id)
             WHERE c.tenant = locked.tenant AND c.id = locked.id
               AND NOT EXISTS (SELECT FROM orders o WHERE o.tenant = c.tenant AND o.customer_id = c.id)
               AND NOT EXISTS (SELECT
                                 FROM promotion_counter p
                                WHERE p.customer_reference = c.reference AND p.id <> ALL (:counters::bigint[]))
            """;

    /** Served by customer_age and orders_newest_of_owner. Reads old customers who still have orders, too. */
    private static final String LOCK_IDLE = """
            SELECT c.tenant, c.id
              FROM customer c
             WHERE c.created_at < :time
               AND NOT EXISTS (SELECT FROM orders o WHERE o.tenant = c.tenant AND o.customer_id = c.id)
             LIMIT :limit
               FOR UPDATE OF c SKIP LOCKED
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RetentionClock clock;
    private final OrderRetentionProperties properties;
    private final Counter expired;
    private final Counter expiredCustomers;

    OrderRetention(
            JdbcClient jdbc,
            TransactionOperations transactions,
            RetentionClock clock,
            OrderRetentionProperties properties,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.properties = properties;
        this.expired = meters.counter("orders.expired");
        this.expiredCustomers = meters.counter("orders.customers.expired");
    }

    @Override
    public String name() {
        return "order-retention";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run() {
        clock.cutOff(properties.retention()).ifPresent(this::deleteOlderThan);
    }

    private void deleteOlderThan(Instant time) {
        var end = System.nanoTime() + LONGEST_RUN.toNanos();
        var orders = repeat(() -> deleteOrders(time), end);
        expired.increment(orders);
        if (orders > 0) {
            log.info("retention=applied what=orders count={} retention={}", orders, properties.retention());
        }
        repeat(() -> deleteIdle(time), end);
    }

    /** Repeats a transaction until it finds nothing or the time is over. Returns the sum of its counts. */
    private long repeat(IntSupplier some, long end) {
        var sum = 0L;
        int chunk;
        do {
            chunk = Objects.requireNonNull(transactions.execute(status -> some.getAsInt()));
            sum += chunk;
        } while (chunk > 0 && System.nanoTime() - end < 0);
        return sum;
    }

    private int deleteOrders(Instant time) {
        var orders = jdbc.sql(OLDEST)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("limit", AT_ONCE)
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
        if (orders.length > 0) {
            delete(DELETE_LINES, orders);
            delete(DELETE_HISTORY, orders);
            delete(DELETE_CLAIMS, orders);
            deleteIdle(jdbc.sql(DELETE_ORDERS)
                    .param("orders", orders)
                    .query((row, number) -> new Owner(row.getString("tenant"), row.getString("customer_id")))
                    .set());
        }
        return orders.length;
    }

    private record Owner(String tenant, String customer) {}

    private void deleteIdle(Set<Owner> owners) {
        deleteIdle(of(LOCK_CUSTOMERS, owners));
    }

    private int deleteIdle(Instant time) {
        return deleteIdle(
                jdbc.sql(LOCK_IDLE).param("time", time.atOffset(ZoneOffset.UTC)).param("limit", AT_ONCE));
    }

    /** Returns how many of the customers that {@code lock} finds had no order and were deleted. */
    private int deleteIdle(JdbcClient.StatementSpec lock) {
        var locked = lock.query((row, number) -> new Owner(row.getString("tenant"), row.getString("id")))
                .set();
        var counters = of(LOCK_COUNTERS, locked).query(Long.class).list();
        var deleted = of(DELETE_CUSTOMERS, locked)
                .param("counters", counters.toArray(Long[]::new))
                .update();
        expiredCustomers.increment(deleted);
        return deleted;
    }

    private JdbcClient.StatementSpec of(String statement, Set<Owner> owners) {
        return jdbc.sql(statement)
                .param("tenants", owners.stream().map(Owner::tenant).toArray(String[]::new))
                .param("customers", owners.stream().map(Owner::customer).toArray(String[]::new));
    }

    private void delete(String statement, UUID[] orders) {
        jdbc.sql(statement).param("orders", orders).update();
    }
}
