package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.upkeep.WitnessedTime.Past;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes events that were sent longer ago than the retention. Unsent events are kept regardless of their age. An event counts as
 * sent when the stored cursor of its bucket has passed it. The cursors of a moved database are invalid until a relay has adopted
 * them.
 * <p>
 * Transaction ids determine the age, because the times in the outbox come from publishers.
 */
class OldOutbox extends OldRows {

    /** Rows deleted by one statement. Small, since payloads may be large. */
    private static final int DELETED_AT_ONCE = 500;

    /** Served by the partition's index on (txid, id): all events below the lowest cursor's xmin were sent. */
    private static final String NEEDED = """
            SELECT eventing.outbox_is_foreign()
                OR EXISTS (SELECT FROM eventing.%1$s WHERE txid >= CAST(:txid AS xid8))
                OR EXISTS (
                    SELECT
                    FROM eventing.%1$s o
                    WHERE o.txid >= coalesce(
                              (SELECT pg_snapshot_xmin(cursor) AS txid FROM eventing.outbox_bucket ORDER BY pg_snapshot_xmin(cursor) LIMIT 1), '0')
                      AND NOT EXISTS (SELECT
                                      FROM eventing.outbox_bucket b
                                      WHERE b.bucket = o.bucket AND pg_visible_in_snapshot(o.txid, b.cursor)))
            """;

    /** Served by the partition's index on (txid, id). */
    private static final String DELETE = """
            DELETE FROM eventing.%1$s
            WHERE ctid = ANY (ARRAY(SELECT o.ctid
                                    FROM eventing.%1$s o JOIN eventing.outbox_bucket b USING (bucket)
                                    WHERE NOT eventing.outbox_is_foreign()
                                      AND o.txid < CAST(:txid AS xid8) AND pg_visible_in_snapshot(o.txid, b.cursor)
                                    ORDER BY o.txid
                                    LIMIT :limit))
            """;

    OldOutbox(PartitionedTable table, JdbcClient jdbc) {
        super(table, jdbc);
    }

    /** Returns true, because comparing topics with the outbox requires the day since which the outbox is complete. */
    @Override
    public boolean areGapless() {
        return true;
    }

    @Override
    public int delete(String partition, Past past) {
        return jdbc().sql(String.format(Locale.ROOT, DELETE, partition))
                .param("txid", Long.toString(past.txid()))
                .param("limit", DELETED_AT_ONCE)
                .update();
    }

    @Override
    boolean isNeeded(DayPartition partition, Past past) {
        return jdbc().sql(String.format(Locale.ROOT, NEEDED, partition.name()))
                .param("txid", Long.toString(past.txid()))
                .query(Boolean.class)
                .single();
    }

    /** Locks the table before the partition, as all other transactions do. An index serves the queries under the lock. */
    @Override
    void lock(DayPartition partition) {
        jdbc().sql("LOCK TABLE ONLY eventing.outbox IN ACCESS EXCLUSIVE MODE").update();
    }
}
