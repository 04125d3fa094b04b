package dev.orderflow.shipping.shipment;

import dev.orderflow.shipping.carrier.CarrierProperties;
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
    private final Duration time;
    private boolean ended;

    /** @throws IllegalArgumentException if the lease could end during a call of the carrier */
    TrackingLease(
            JdbcClient jdbc,
            TransactionOperations transactions,
            TrackingProperties properties,
            CarrierProperties carrier) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.time = properties.lease();
        if (time.compareTo(carrier.longestCall()) < 0) {
            throw new IllegalArgumentException(
                    "shipping.tracking.lease must be " + carrier.longestCall().toMillis()
                            + "ms or more: the sum of shipping.carrier.connect-timeout and"
                            + " shipping.carrier.read-timeout");
        }
    }

    /** Acquires or extends the lease. Returns whether this instance has it now; never after {@link #end}. */
    synchronized boolean acquire() {
        return !ended && update();
    }

    private boolean update() {
        return Boolean.TRUE.equals(transactions.execute(status -> jdbc.sql(ACQUIRE)
                        .param("holder", holder)
                        .param("millis", time.toMillis())
                        .update()
                == 1));
    }

    /**
     * Gives the lease back for good, if this instance has it. A run that is still going on cannot acquire it again: another
     * instance would wait for its expiry.
     */
    synchronized void end() {
        ended = true;
        transactions.executeWithoutResult(
                status -> jdbc.sql(RELEASE).param("holder", holder).update());
    }
}
