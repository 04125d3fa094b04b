package dev.orderflow.eventing.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps one partition per day of the outbox and the inbox: some days ahead are created, old ones dropped whole, so that
 * neither table needs deletes. The day is the one within the UUIDv7 event id (its first 48 bits are milliseconds).
 * <p>
 * An event of a day without a partition goes to the default partition and is handled like any other.
 */
class DailyPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(DailyPartitions.class);
    private static final int DAYS_AHEAD = 4;
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;

    private static final String PARTITIONS = """
            SELECT child.relname
            FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
            WHERE inhparent = CAST(:table AS regclass)
            """;

    /** Whether a partition of the outbox holds an event that was not sent yet. */
    private static final String UNSENT = """
            SELECT EXISTS (SELECT FROM %s o JOIN outbox_bucket b USING (bucket)
                           WHERE NOT pg_visible_in_snapshot(o.txid, b.cursor))
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final Duration outboxRetention;
    private final Duration inboxRetention;

    DailyPartitions(
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock,
            Duration outboxRetention,
            Duration inboxRetention) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.outboxRetention = outboxRetention;
        this.inboxRetention = inboxRetention;
    }

    /** Safe to call from several instances at once, and again. */
    void maintain() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("SET LOCAL lock_timeout = '5s'").update();
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('eventing.partitions'))")
                    .query((row, number) -> "locked")
                    .list();
            maintain("outbox", outboxRetention);
            maintain("inbox", inboxRetention);
        });
    }

    private void maintain(String table, Duration retention) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var existing =
                jdbc.sql(PARTITIONS).param("table", table).query(String.class).list();
        for (var day = today; !day.isAfter(today.plusDays(DAYS_AHEAD)); day = day.plusDays(1)) {
            var name = table + "_" + SUFFIX.format(day);
            if (!existing.contains(name)) {
                create(table, name, day);
            }
        }
        var oldestKept = table + "_" + SUFFIX.format(today.minusDays(retention.toDays()));
        existing.stream()
                .filter(name -> name.matches(table + "_\\d{8}") && name.compareTo(oldestKept) < 0)
                .filter(name -> !table.equals("outbox") || isSent(name))
                .forEach(this::drop);
    }

    /**
     * Statistics of what is only inserted, and read by ids, need not be made anew each time it has grown by a tenth, which for a
     * young day is each minute. And what is dropped after some days need not be frozen, which would write each page once more; if
     * it is kept for so many transactions that it must be, autovacuum does it all the same.
     */
    private void create(String table, String name, LocalDate day) {
        jdbc.sql(String.format(Locale.ROOT, """
                        CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s')
                        WITH (autovacuum_analyze_scale_factor = 0.5, autovacuum_vacuum_insert_threshold = -1)
                        """, name, table, firstIdOf(day), firstIdOf(day.plusDays(1))))
                .update();
    }

    private void drop(String name) {
        jdbc.sql("DROP TABLE " + name).update();
        LOG.info("partition=dropped name={}", name);
    }

    private boolean isSent(String name) {
        return !jdbc.sql(String.format(Locale.ROOT, UNSENT, name))
                .query(Boolean.class)
                .single();
    }

    static UUID firstIdOf(LocalDate day) {
        return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
    }
}
