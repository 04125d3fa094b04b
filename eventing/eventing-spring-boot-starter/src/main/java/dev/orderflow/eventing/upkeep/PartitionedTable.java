package dev.orderflow.eventing.upkeep;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Partitions of the outbox or the inbox. Each change is a short, separate transaction.
 * <p>
 * A day's partition can only be attached when the default partition contains none of its rows. It may contain some, because a
 * publisher's clock was days ahead or an id is a random UUID. The transaction that creates the partition moves such rows with the
 * table locked, so that each reader sees a row exactly once. A query that was planned earlier would search only the default
 * partition: the relay would never send the event, and an insert would fail. Without such rows only the default partition is
 * locked, and not the table, while PostgreSQL searches it.
 * <p>
 * If the rows are too many to be moved under a lock, they stay in the default partition permanently, as do the other events of
 * that day. The default partition serves reading, sending and deduplication equally well. Its rows are deleted one by one.
 */
class PartitionedTable {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionedTable.class);

    private static final int MOVED_AT_MOST = 20_000;
    private static final long SEARCHED_AT_MOST = 256L << 20;

    private static final String PARTITIONS = """
            SELECT child.relname
            FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
            WHERE inhparent = 'eventing.%s'::regclass
            ORDER BY child.relname
            """;

    /** Served by the default partition's index on event_id. */
    private static final String ROWS_IN_DEFAULT = """
            SELECT count(*)
            FROM (SELECT FROM eventing.%s_default WHERE event_id >= :first AND event_id < :end LIMIT :limit) AS rows
            """;

    private static final String MOVE = """
            WITH moved AS (DELETE FROM eventing.%s_default WHERE event_id >= :first AND event_id < :end RETURNING *)
            INSERT INTO eventing.%s SELECT * FROM moved
            """;

    private static final String CHANGE = """
            SELECT eventing.day_partition(:action, CAST('eventing.%s' AS regclass), :partition, :first, :next)
            """;

    /** Short time limits: a statement that waits for a lock blocks later ones. */
    private static final String PATIENCE = """
            SELECT set_config('lock_timeout', '2s', true), set_config('statement_timeout', '10s', true),
                   pg_advisory_xact_lock(hashtext(:lock))
            """;

    private static final String LOCK = "eventing.partitions";

    private final String name;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    /** @param transaction of the same database as {@code jdbc}, and READ COMMITTED: statements after a lock see earlier commits */
    PartitionedTable(String name, JdbcClient jdbc, TransactionOperations transaction) {
        this.name = name;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    String name() {
        return name;
    }

    List<DayPartition> days() {
        return partitions().stream()
                .flatMap(partition -> DayPartition.named(partition).stream())
                .toList();
    }

    /** Returns the default partition and others that are never dropped. */
    List<String> lasting() {
        return partitions().stream()
                .filter(partition -> DayPartition.named(partition).isEmpty())
                .toList();
    }

    long bytesInDefault() {
        return jdbc.sql("SELECT pg_table_size('eventing." + name + "_default')")
                .query(Long.class)
                .single();
    }

    /** Runs {@code change} as the only upkeep of this database, within a short time limit. */
    void alone(Runnable change) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql(PATIENCE)
                    .param("lock", LOCK)
                    .query((row, number) -> "locked")
                    .list();
            change.run();
        });
    }

    /** Creates a day's partition. Idempotent and safe to call from several instances at once. */
    void create(LocalDate day) {
        var partition = new DayPartition(name, day);
        alone(() -> {
            if (isThere(partition)) {
                return;
            }
            if (rowsInDefault(partition, 1) == 0) {
                attach(partition);
            } else if (areFew(partition)) {
                takeOver(partition);
            } else {
                LOG.warn(
                        "partition=none name={} reason=\"the default partition holds too many of its rows to move them\"",
                        partition.name());
            }
        });
    }

    boolean isThere(DayPartition partition) {
        return partitions().contains(partition.name());
    }

    private boolean areFew(DayPartition partition) {
        return bytesInDefault() <= SEARCHED_AT_MOST && rowsInDefault(partition, MOVED_AT_MOST + 1) <= MOVED_AT_MOST;
    }

    /** Drops a partition with its rows. */
    void drop(DayPartition partition) {
        change("drop", partition);
    }

    private void takeOver(DayPartition partition) {
        jdbc.sql("LOCK TABLE ONLY eventing." + name + " IN ACCESS EXCLUSIVE MODE")
                .update();
        jdbc.sql("LOCK TABLE ONLY eventing." + name + "_default IN ACCESS EXCLUSIVE MODE")
                .update();
        change("create", partition);
        var moved = jdbc.sql(String.format(Locale.ROOT, MOVE, name, partition.name()))
                .param("first", partition.firstId())
                .param("end", partition.endId())
                .update();
        change("attach", partition);
        LOG.info("partition=created name={} rowsFromDefault={}", partition.name(), moved);
    }

    private void attach(DayPartition partition) {
        change("create", partition);
        change("attach", partition);
        LOG.debug("partition=created name={}", partition.name());
    }

    /** Changes a partition as the owner of the table, so that the application's role needs no right to. */
    private void change(String action, DayPartition partition) {
        jdbc.sql(String.format(Locale.ROOT, CHANGE, name))
                .param("action", action)
                .param("partition", partition.name())
                .param("first", partition.firstId())
                .param("next", partition.endId())
                .query((row, number) -> action)
                .single();
    }

    private long rowsInDefault(DayPartition partition, int limit) {
        return jdbc.sql(String.format(Locale.ROOT, ROWS_IN_DEFAULT, name))
                .param("first", partition.firstId())
                .param("end", partition.endId())
                .param("limit", limit)
                .query(Long.class)
                .single();
    }

    private List<String> partitions() {
        return jdbc.sql(String.format(Locale.ROOT, PARTITIONS, name))
                .query(String.class)
                .list();
    }
}
