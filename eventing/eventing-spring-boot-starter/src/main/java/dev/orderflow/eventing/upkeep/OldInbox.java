package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.upkeep.WitnessedTime.Past;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes event ids after their retention.
 * <p>
 * The day of a partition comes from the clocks of publishers. Therefore a partition is dropped only when the retention of all its
 * ids has passed by the database's clock. One late id, such as that of a held or replayed event, keeps the whole partition.
 */
class OldInbox extends OldRows {

    private static final int DELETED_AT_ONCE = 5_000;

    /**
     * Reads only the last pages, which usually contain the late rows. A partition that must be kept is therefore seldom read in
     * full.
     */
    private static final String YOUNG_AT_END = """
            SELECT EXISTS (
                SELECT
                FROM eventing.%1$s
                WHERE handled_at >= :time
                      AND ctid >= (SELECT format('(%%s,0)', greatest(pg_relation_size('eventing.%1$s') / current_setting('block_size')::int - 8, 0))::tid))
            """;

    /** Reads the whole partition, unless it finds a young row early. An index would cost more than a query once a day. */
    private static final String YOUNG = "SELECT EXISTS (SELECT FROM eventing.%s WHERE handled_at >= :time)";

    /** Served by the index on handled_at. */
    private static final String DELETE = """
            DELETE FROM eventing.%1$s
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM eventing.%1$s WHERE handled_at < :time ORDER BY handled_at LIMIT :limit))
            """;

    OldInbox(PartitionedTable table, JdbcClient jdbc) {
        super(table, jdbc);
    }

    @Override
    public boolean areGapless() {
        return false;
    }

    @Override
    public int delete(String partition, Past past) {
        return jdbc().sql(String.format(Locale.ROOT, DELETE, partition))
                .param("time", past.time().atOffset(ZoneOffset.UTC))
                .param("limit", DELETED_AT_ONCE)
                .update();
    }

    @Override
    boolean isNeeded(DayPartition partition, Past past) {
        return isAny(YOUNG_AT_END, partition, past) || isAny(YOUNG, partition, past);
    }

    /**
     * Prevents inserts into the partition while it is searched. An insert that waits for this lock in turn blocks the drop. The
     * drop then fails after its short lock timeout.
     */
    @Override
    void lock(DayPartition partition) {
        jdbc().sql("SET LOCAL statement_timeout = '60s'").update();
        jdbc().sql("LOCK TABLE eventing." + partition.name() + " IN SHARE MODE").update();
        jdbc().sql("SET LOCAL lock_timeout = '500ms'").update();
    }

    private boolean isAny(String sql, DayPartition partition, Past past) {
        OffsetDateTime time = past.time().atOffset(ZoneOffset.UTC);
        return jdbc().sql(String.format(Locale.ROOT, sql, partition.name()))
                .param("time", time)
                .query(Boolean.class)
                .single();
    }
}
