package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.upkeep.WitnessedTime.Past;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forgets event ids that are remembered for long enough.
 * <p>
 * The day of a partition comes from the clocks of publishers. So a partition is dropped only when all its ids were remembered
 * long enough ago by the database's clock: one that came late, such as that of an event that was parked or replayed, keeps all.
 */
public class OldInbox extends OldRows {

    private static final int DELETED_AT_ONCE = 5_000;

    /**
     * Reads the last pages only, where rows that came late mostly are: so a partition that has to be kept is seldom read in full.
     */
    private static final String YOUNG_AT_END = """
            SELECT EXISTS (
                SELECT
                FROM eventing.%1$s
                WHERE handled_at >= :time
                      AND ctid >= (SELECT format('(%%s,0)', greatest(pg_relation_size('eventing.%1$s') / current_setting('block_size')::int - 8, 0))::tid))
            """;

    /** Reads the whole partition, unless it finds one early. No index is kept for what is asked once a day. */
    private static final String YOUNG = "SELECT EXISTS (SELECT FROM eventing.%s WHERE handled_at >= :time)";

    /** Served by the index on handled_at. */
    private static final String DELETE = """
            DELETE FROM eventing.%1$s
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM eventing.%1$s WHERE handled_at < :time ORDER BY handled_at LIMIT :limit))
            """;

    public OldInbox(PartitionedTable table, JdbcClient jdbc) {
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
     * No id can be added to the partition while it is looked through. Should somebody be about to add one, that waits; whoever waits
     * for longer than others do gives up, and is this.
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
