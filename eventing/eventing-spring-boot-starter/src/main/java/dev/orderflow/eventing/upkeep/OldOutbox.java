package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.upkeep.WitnessedTime.Past;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes events that were sent long enough ago. One that was not is kept however old it is: sent is what the stored cursor of its
 * bucket has passed. The cursors of a database that was moved tell nothing before a relay has adopted them.
 * <p>
 * The times in the outbox are those of publishers, so age is told by the ids of transactions.
 */
public class OldOutbox extends OldRows {

    /** Few, since their payloads may be large. */
    private static final int DELETED_AT_ONCE = 500;

    /** Served by the partition's index on (txid, id): all below the lowest cursor's xmin was sent. */
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

    public OldOutbox(PartitionedTable table, JdbcClient jdbc) {
        super(table, jdbc);
    }

    /** Whoever compares topics with the outbox has to know from which day on it is complete. */
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

    /** The table is locked before the partition, as everybody does; what is asked meanwhile is answered by an index. */
    @Override
    void lock(DayPartition partition) {
        jdbc().sql("LOCK TABLE ONLY eventing.outbox IN ACCESS EXCLUSIVE MODE").update();
    }
}
