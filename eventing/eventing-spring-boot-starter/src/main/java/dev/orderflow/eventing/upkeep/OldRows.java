package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.upkeep.WitnessedTime.Past;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds and deletes the rows of a partitioned table that are no longer needed. */
abstract class OldRows {

    private static final Logger LOG = LoggerFactory.getLogger(OldRows.class);

    private final PartitionedTable table;
    private final JdbcClient jdbc;

    OldRows(PartitionedTable table, JdbcClient jdbc) {
        this.table = table;
        this.jdbc = jdbc;
    }

    final PartitionedTable table() {
        return table;
    }

    /** Returns whether a day must be kept while an earlier day is kept. */
    abstract boolean areGapless();

    /** Returns whether the partition can apparently be dropped, checked without any lock. */
    final boolean isOld(DayPartition partition, Past past) {
        return !partition.day().plusDays(1).isAfter(LocalDate.ofInstant(past.time(), ZoneOffset.UTC))
                && !isNeeded(partition, past);
    }

    /** Drops the partition if {@link #isOld} still holds under a lock. */
    final void drop(DayPartition partition, Past past) {
        table.alone(() -> {
            if (!table.isThere(partition)) {
                return;
            }
            lock(partition);
            if (!isNeeded(partition, past)) {
                table.drop(partition);
                LOG.info("partition=dropped name={}", partition.name());
            }
        });
    }

    /** Deletes old rows of a partition that is never dropped. Returns their number; 0 when all are deleted. */
    abstract int delete(String partition, Past past);

    final JdbcClient jdbc() {
        return jdbc;
    }

    /** Returns whether any row of the partition may still be needed. */
    abstract boolean isNeeded(DayPartition partition, Past past);

    /** Prevents all changes that could make a row needed until the transaction ends. */
    abstract void lock(DayPartition partition);
}
