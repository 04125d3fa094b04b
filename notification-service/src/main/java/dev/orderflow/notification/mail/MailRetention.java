package dev.orderflow.notification.mail;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.RetentionClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes the records of old e-mails and of points for them, and the addresses that versions without references have stored. Any number of instances
 * may run it at the same time. {@link RetentionClock} decides what is old: otherwise a clock that is wrong for a while could
 * have e-mails sent again, since their records prevent that.
 */
@Component
class MailRetention implements PeriodicTask {

    private static final Logger log = LoggerFactory.getLogger(MailRetention.class);

    /** Rows per transaction. */
    private static final int AT_ONCE = 5_000;

    private static final Duration PERIOD = Duration.ofMinutes(10);

    /** Longest run per kind of rows; the next run continues. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    /** Served by mail_age. */
    private static final String DELETE_SENT = """
            DELETE FROM mail
             WHERE ctid = ANY (ARRAY(SELECT ctid FROM mail WHERE sent_at < :time ORDER BY sent_at LIMIT :limit))
               AND sent_at < :time
            """;

    /** Served by undeliverable_mail_age. */
    private static final String DELETE_UNDELIVERABLE = """
            DELETE FROM undeliverable_mail
             WHERE ctid = ANY (ARRAY(SELECT ctid
                                       FROM undeliverable_mail
                                      WHERE recorded_at < :time
                                      ORDER BY recorded_at
                                      LIMIT :limit))
               AND recorded_at < :time
            """;

    /** Served by earned_points_age. */
    private static final String DELETE_POINTS = """
            DELETE FROM earned_points
             WHERE ctid = ANY (ARRAY(SELECT ctid
                                       FROM earned_points
                                      WHERE recorded_at < :time
                                      ORDER BY recorded_at
                                      LIMIT :limit))
               AND recorded_at < :time
            """;

    /** Served by mail_with_address, which is empty once all addresses are gone. */
    private static final String CLEAR_ADDRESSES = """
            UPDATE mail
               SET recipient = NULL
             WHERE ctid = ANY (ARRAY(SELECT ctid FROM mail WHERE recipient NOT LIKE '~%' ORDER BY sent_at LIMIT :limit))
               AND recipient NOT LIKE '~%'
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final RetentionClock clock;
    private final MailProperties properties;
    private final MeterRegistry meters;

    MailRetention(
            JdbcClient jdbc,
            TransactionOperations transactions,
            RetentionClock clock,
            MailProperties properties,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public String name() {
        return "mail-retention";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run() {
        repeat(
                "address",
                () -> jdbc.sql(CLEAR_ADDRESSES).param("limit", AT_ONCE).update());
        clock.cutOff(properties.retention()).ifPresent(time -> {
            repeat("sent", () -> delete(DELETE_SENT, time));
            repeat("undeliverable", () -> delete(DELETE_UNDELIVERABLE, time));
            repeat("points", () -> delete(DELETE_POINTS, time));
        });
    }

    private int delete(String statement, Instant time) {
        return jdbc.sql(statement)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("limit", AT_ONCE)
                .update();
    }

    private void repeat(String what, IntSupplier statement) {
        var end = System.nanoTime() + LONGEST_RUN.toNanos();
        var rows = 0L;
        int chunk;
        do {
            chunk = Objects.requireNonNull(transactions.execute(status -> statement.getAsInt()));
            rows += chunk;
        } while (chunk > 0 && System.nanoTime() - end < 0);
        meters.counter("notification.mails.expired", "what", what).increment(rows);
        if (rows > 0) {
            log.info("retention=applied what={} rows={} retention={}", what, rows, properties.retention());
        }
    }
}
