package dev.orderflow.shipping.shipment;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The right of one instance to track shipments, for a limited time by the database's clock. An instance that stops without
 * giving it back is replaced when it has expired.
 * <p>
 * It saves requests to the carrier and is not needed for correctness: an instance that is paused beyond its lease may
 * still record what it has read, under the lock of the shipment.
 */
@Component
class TrackingLease {

    /**
     * Served by the primary key: there is a single row. A lease that ends later than a new one was acquired by a clock that was
     * ahead, and counts as expired: otherwise nobody would track until that time.
     */
    private static final String ACQUIRE = """
            UPDATE tracking_lease
               SET holder = :holder, expires_at = now() + :millis * interval '1 millisecond'
             WHERE only_row
               AND (holder = :holder OR expires_at < now() OR expires_at > now() + :millis * interval '1 millisecond')
            """;

    private static final String RELEASE = """
            UPDATE tracking_lease SET expires_at = now() - interval '1 millisecond' WHERE only_row AND holder = :holder
            """;

    private final UUID holder = UUID.randomUUID();
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    TrackingLease(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Acquires or extends the lease. Returns whether this instance has it now. */
    boolean acquire(Duration time) {
        return Boolean.TRUE.equals(transactions.execute(status -> jdbc.sql(ACQUIRE)
                        .param("holder", holder)
                        .param("millis", time.toMillis())
                        .update()
                == 1));
    }

    /** Gives the lease back, if this instance has it. */
    void release() {
        transactions.executeWithoutResult(
                status -> jdbc.sql(RELEASE).param("holder", holder).update());
    }
}
