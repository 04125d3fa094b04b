package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.upkeep.WitnessedTime.Past;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Maintains one partition per day of the outbox and the inbox. Partitions are created some days ahead, and old ones are dropped
 * whole, so that neither table needs deletes. The day is that of the UUIDv7 event id.
 * <p>
 * An event of a day without a partition is stored in the default partition and handled like any other. Therefore no step is
 * urgent: a failed step is logged and retried, and the others continue. All times are the database's. {@link WitnessedTime}
 * decides which rows may be deleted.
 */
class DailyPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(DailyPartitions.class);

    private static final int DAYS_AHEAD = 4;
    /** Time limit for each kind of work per run, so that the work neither delays a start nor occupies the database. */
    private static final Duration LONGEST_WORK = Duration.ofSeconds(20);

    private static final String TODAY = "SELECT (now() AT TIME ZONE 'UTC')::date";

    private final JdbcClient jdbc;
    private final WitnessedTime witnessed;
    private final List<Table> tables;
    private final Runnable failed;
    private final Loop loop = Loop.onVirtualThread("partitions");

    /** @param failed called for each failure */
    DailyPartitions(JdbcClient jdbc, WitnessedTime witnessed, List<Table> tables, Runnable failed) {
        this.jdbc = jdbc;
        this.witnessed = witnessed;
        this.tables = tables;
        this.failed = failed;
    }

    /** @param retention current retention of the rows; empty: all of them are kept */
    record Table(OldRows rows, Supplier<Optional<Duration>> retention) {}

    /**
     * Returns the thread for the maintenance. The maintenance reports its progress to it, since it takes long while the database
     * is slow.
     */
    Loop loop() {
        return loop;
    }

    /**
     * Creates the partitions of the next days, by the database's clock. Idempotent and safe to call from several instances at
     * once.
     */
    void prepare() {
        attempt("mark", witnessed::mark);
        attempt("create", () -> {
            var today = jdbc.sql(TODAY).query(LocalDate.class).single();
            tables.forEach(table -> create(table.rows().table(), today));
        });
    }

    /** Creates partitions as {@link #prepare} does, and deletes old rows. */
    void maintain() {
        prepare();
        tables.forEach(table -> attempt(
                "forget",
                () -> table.retention()
                        .get()
                        .flatMap(witnessed::before)
                        .ifPresent(past -> forget(table.rows(), past))));
    }

    private void create(PartitionedTable table, LocalDate today) {
        var end = System.nanoTime() + LONGEST_WORK.toNanos();
        for (var day = today; isBefore(end) && !day.isAfter(today.plusDays(DAYS_AHEAD)); day = day.plusDays(1)) {
            var created = day;
            attempt("create " + table.name() + " " + day, () -> createDay(table, created));
        }
    }

    /**
     * Creates a day's partition. Repeats once, since a row that was inserted into the default partition before its lock was
     * granted is visible only to the second attempt.
     */
    private static void createDay(PartitionedTable table, LocalDate day) {
        try {
            table.create(day);
        } catch (DataIntegrityViolationException e) {
            LOG.debug("partition=repeated table={} day={} cause=\"{}\"", table.name(), day, e.toString());
            table.create(day);
        }
    }

    private void forget(OldRows rows, Past past) {
        var kept = false;
        for (var partition : rows.table().days()) {
            if (!kept || !rows.areGapless()) {
                kept = !isDropped(rows, partition, past);
            }
        }
        for (var partition : rows.table().lasting()) {
            attempt("clear " + partition, () -> clear(rows, partition, past));
        }
    }

    private boolean isDropped(OldRows rows, DayPartition partition, Past past) {
        return attempt("drop " + partition, () -> {
                    if (rows.isOld(partition, past)) {
                        rows.drop(partition, past);
                    }
                })
                && !rows.table().isThere(partition);
    }

    private static void clear(OldRows rows, String partition, Past past) {
        var end = System.nanoTime() + LONGEST_WORK.toNanos();
        var deleted = 0L;
        var chunk = 1;
        while (chunk > 0 && isBefore(end)) {
            chunk = rows.delete(partition, past);
            deleted += chunk;
        }
        if (deleted > 0) {
            LOG.info("partition=cleared name={} rows={}", partition, deleted);
        }
    }

    private static boolean isBefore(long end) {
        return System.nanoTime() - end < 0;
    }

    /** Runs a step. Returns whether it succeeded. */
    private boolean attempt(String what, Runnable work) {
        loop.progressed();
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            failed.run();
            LOG.warn("upkeep=failed what=\"{}\" cause=\"{}\"", what, e.toString());
            return false;
        }
    }
}
