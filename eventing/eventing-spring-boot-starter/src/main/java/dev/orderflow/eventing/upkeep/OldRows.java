package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.upkeep.WitnessedTime.Past;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which rows of a partitioned table are of no more use. */
public abstract class OldRows {

    private static final Logger LOG = LoggerFactory.getLogger(OldRows.class);

    private final PartitionedTable table;
    private final JdbcClient jdbc;

    OldRows(PartitionedTable table, JdbcClient jdbc) {
        this.table = table;
        this.jdbc = jdbc;
    }

    public final PartitionedTable table() {
        return table;
    }

    /** Whether a day stays as long as an earlier one does. */
    public abstract boolean areGapless();

    /** Whether the partition can be dropped, as it seems without any lock. */
    public final boolean isOld(DayPartition partition, Past past) {
        return !partition.day().plusDays(1).isAfter(LocalDate.ofInstant(past.time(), ZoneOffset.UTC))
                && !isNeeded(partition, past);
    }

    /** Drops the partition if {@link #isOld} still holds while nobody can change that. */
    public final void drop(DayPartition partition, Past past) {
        table.alone(() -> {
            if (!table.isThere(partition)) {
                return;
            }
            lock(partition);
            if (!isNeeded(partition, past)) {
                jdbc.sql("DROP TABLE eventing." + partition.name()).update();
                LOG.info("partition=dropped name={}", partition.name());
            }
        });
    }

    /** Deletes old rows of a partition that is never dropped, and returns how many; 0 when there are none left. */
    public abstract int delete(String partition, Past past);

    final JdbcClient jdbc() {
        return jdbc;
    }

    /** Whether any row of the partition may still be of use. */
    abstract boolean isNeeded(DayPartition partition, Past past);

    /** Lets nobody make a row of use until the transaction ends. */
    abstract void lock(DayPartition partition);
}
