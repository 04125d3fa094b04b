package dev.orderflow.order.idempotency;

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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes expired idempotency keys. Any number of instances may run it at the same time. {@link RetentionClock} decides
 * which keys are old enough: otherwise a clock that is wrong for a while could make a repeated request a new one.
 */
@Component
@EnableConfigurationProperties(IdempotencyProperties.class)
class KeyRetention implements PeriodicTask {

    private static final Logger log = LoggerFactory.getLogger(KeyRetention.class);

    /** Keys per transaction: few, so that no request waits long for a key that is being deleted. */
    private static final int FORGOTTEN_AT_ONCE = 5_000;

    /** Interval of the runs; short against the retention, so that each run has little to delete. */
    private static final Duration PERIOD = Duration.ofMinutes(10);

    /** Longest run; the next run deletes the remaining keys. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    /**
     * Deletes the oldest keys, served by idempotency_key_age; a row that has taken the place of a deleted one is young.
     * The database's clock measures the age, as it also stamped the rows.
     */
    private static final String FORGET = """
            DELETE FROM idempotency_key
             WHERE ctid = ANY (ARRAY(SELECT ctid
                                       FROM idempotency_key
                                      WHERE created_at < :time
                                      ORDER BY created_at
                                      LIMIT :limit))
               AND created_at < :time
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RetentionClock clock;
    private final IdempotencyProperties properties;
    private final Counter expired;

    KeyRetention(
            JdbcClient jdbc,
            TransactionOperations transactions,
            RetentionClock clock,
            IdempotencyProperties properties,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.properties = properties;
        this.expired = Counter.builder("orders.idempotency.expired")
                .description("Idempotency keys that were deleted after their retention")
                .register(meters);
    }

    @Override
    public String name() {
        return "idempotency-keys";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run() {
        clock.cutOff(properties.retention()).ifPresent(this::forgetOlderThan);
    }

    private int forgetSome(Instant time) {
        return jdbc.sql(FORGET)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("limit", FORGOTTEN_AT_ONCE)
                .update();
    }

    private void forgetOlderThan(Instant time) {
        var end = System.nanoTime() + LONGEST_RUN.toNanos();
        var forgotten = 0L;
        int chunk;
        do {
            chunk = Objects.requireNonNull(transactions.execute(status -> forgetSome(time)));
            forgotten += chunk;
        } while (chunk > 0 && System.nanoTime() - end < 0);
        expired.increment(forgotten);
        if (forgotten > 0) {
            log.info("idempotency keys forgotten count={} retention={}", forgotten, properties.retention());
        }
    }
}
