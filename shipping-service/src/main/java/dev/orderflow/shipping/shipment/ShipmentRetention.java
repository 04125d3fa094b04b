package dev.orderflow.shipping.shipment;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.RetentionClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes old shipments, of all tenants. Any number of instances may run it at the same time: each skips the rows that another
 * has locked. A dispatched shipment is never deleted, however old it is. {@link RetentionClock} decides what is old, so a
 * clock that is wrong for a while deletes nothing.
 */
@Component
class ShipmentRetention implements PeriodicTask {

    private static final Logger log = LoggerFactory.getLogger(ShipmentRetention.class);

    /** Rows per transaction. */
    private static final int AT_ONCE = 5_000;

    private static final Duration PERIOD = Duration.ofHours(1);

    /** Longest run; the next run continues. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    /** Served by shipment_final_age, and by the primary key. */
    private static final String DELETE = """
            DELETE FROM shipment
             WHERE order_id = ANY (ARRAY(SELECT order_id
                                           FROM shipment
                                          WHERE final_at < :time
                                          ORDER BY final_at
                                          LIMIT :limit
                                            FOR UPDATE SKIP LOCKED))
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RetentionClock clock;
    private final ShipmentRetentionProperties properties;
    private final Counter expired;

    ShipmentRetention(
            JdbcClient jdbc,
            TransactionOperations transactions,
            RetentionClock clock,
            ShipmentRetentionProperties properties,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.properties = properties;
        this.expired = meters.counter("shipping.shipments.expired");
    }

    @Override
    public String name() {
        return "shipment-retention";
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
        var rows = 0L;
        int chunk;
        do {
            chunk = Objects.requireNonNull(transactions.execute(status -> delete(time)));
            rows += chunk;
        } while (chunk > 0 && System.nanoTime() - end < 0);
        expired.increment(rows);
        if (rows > 0) {
            log.info("retention=applied what=shipments count={} retention={}", rows, properties.retention());
        }
    }

    private int delete(Instant time) {
        return jdbc.sql(DELETE)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("limit", AT_ONCE)
                .update();
    }
}
