package dev.orderflow.order.promotion;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The stored counters of orders that use promotions, of one tenant. Joins the current transaction. */
@Repository
class CounterTable {

    /** Does not wait for other transactions. Served by the unique (tenant, promotion_id, holder), and promotion_return's key. */
    private static final String READ = """
            SELECT c.id, c.promotion_id, c.holder,
                   c.used - (SELECT count(*) FROM promotion_return r WHERE r.counter_id = c.id) AS used
              FROM promotion_counter c
              JOIN unnest(:promotions::uuid[], :holders::text[]) AS wanted (promotion_id, holder)
                ON c.promotion_id = wanted.promotion_id AND c.holder = wanted.holder
             WHERE c.tenant = :tenant
            """;

    /**
     * Adds counters in one order, so that two transactions cannot deadlock. First limits how long the transaction may be idle, since
     * it will lock counters that many orders need: without it, those of a process that is paused or has vanished stay locked until the
     * server notices.
     */
    private static final String ADD = """
            INSERT INTO promotion_counter (tenant, promotion_id, customer_reference)
            SELECT :tenant, wanted.promotion_id, nullif(wanted.holder, '')
              FROM unnest(:promotions::uuid[], :holders::text[]) AS wanted (promotion_id, holder)
             WHERE (SELECT set_config('idle_in_transaction_session_timeout', '5s', true)) IS NOT NULL
             ORDER BY wanted.promotion_id, wanted.holder COLLATE "C"
            ON CONFLICT DO NOTHING
            """;

    /** Locks counters in one order, too. Returns what the transaction before has committed. */
    private static final String LOCK = """
            SELECT c.id, c.promotion_id, c.holder, c.used
              FROM promotion_counter c
              JOIN unnest(:promotions::uuid[], :holders::text[]) AS wanted (promotion_id, holder)
                ON c.promotion_id = wanted.promotion_id AND c.holder = wanted.holder
             WHERE c.tenant = :tenant
             ORDER BY c.promotion_id, c.holder
               FOR NO KEY UPDATE OF c
            """;

    /** Subtracts uses that were given back from locked counters. Served by the primary key (counter_id, order_id). */
    private static final String SUBTRACT = """
            WITH gone AS (
                DELETE FROM promotion_return WHERE counter_id = ANY (:ids) RETURNING counter_id
            ), sums AS (
                SELECT counter_id, count(*) AS uses FROM gone GROUP BY counter_id
            )
            UPDATE promotion_counter c
               SET used = c.used - sums.uses
              FROM sums
             WHERE c.id = sums.counter_id
            RETURNING c.id, c.promotion_id, c.holder, c.used
            """;

    /** Fails if a limit would be exceeded, which a lock that is missing would make possible. */
    private static final String COUNT = """
            UPDATE promotion_counter c
               SET used = c.used + claimed.uses, usage_limit = claimed.usage_limit
              FROM (SELECT id, count(*) AS uses, max(usage_limit) AS usage_limit
                      FROM unnest(:ids::bigint[], :limits::bigint[]) AS one (id, usage_limit)
                     GROUP BY id) AS claimed
             WHERE c.id = claimed.id
            """;

    private static final String CLAIM = """
            INSERT INTO promotion_claim (order_id, counter_id)
            SELECT * FROM unnest(:orders::uuid[], :ids::bigint[])
            """;

    /**
     * Moves an order's claims, once, and not those of counters that are deleted with their customer. Locks each counter before its
     * claim: who deletes a counter and its claims has locked the counter, and then waits for nobody.
     */
    private static final String GIVE_BACK = """
            WITH counters AS (
                SELECT id
                  FROM promotion_counter
                 WHERE id IN (SELECT counter_id FROM promotion_claim WHERE order_id = :order)
                   FOR KEY SHARE
            ), gone AS (
                DELETE FROM promotion_claim claim
                 USING counters
                 WHERE claim.order_id = :order AND claim.counter_id = counters.id
                RETURNING claim.counter_id
            )
            INSERT INTO promotion_return (counter_id, order_id)
            SELECT counter_id, :order FROM gone
            """;

    private final JdbcClient jdbc;

    CounterTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param used orders that use the promotion */
    record Count(long id, Counter counter, long used) {}

    /**
     * An order's use, to be counted.
     *
     * @param limit the most uses
     */
    record Claim(UUID order, long counter, long limit) {}

    /** Reads the counters among {@code wanted} that exist. */
    Map<Counter, Count> read(String tenant, Collection<Counter> wanted) {
        return wanted.isEmpty()
                ? Map.of()
                : byCounter(of(READ, tenant, wanted).query(CounterTable::count).list());
    }

    /** Creates those of {@code wanted} that do not exist, locks all, and reads them. */
    Map<Counter, Count> lock(String tenant, Set<Counter> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        of(ADD, tenant, wanted).update();
        var locked =
                byCounter(of(LOCK, tenant, wanted).query(CounterTable::count).list());
        locked.putAll(byCounter(jdbc.sql(SUBTRACT)
                .param("ids", locked.values().stream().map(Count::id).toArray(Long[]::new))
                .query(CounterTable::count)
                .list()));
        return locked;
    }

    /** Counts uses; the counters are locked. */
    void add(List<Claim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        var ids = claims.stream().map(Claim::counter).toArray(Long[]::new);
        jdbc.sql(COUNT)
                .param("ids", ids)
                .param("limits", claims.stream().map(Claim::limit).toArray(Long[]::new))
                .update();
        jdbc.sql(CLAIM)
                .param("orders", claims.stream().map(Claim::order).toArray(UUID[]::new))
                .param("ids", ids)
                .update();
    }

    void giveBack(UUID order) {
        jdbc.sql(GIVE_BACK).param("order", order).update();
    }

    private JdbcClient.StatementSpec of(String sql, String tenant, Collection<Counter> counters) {
        return jdbc.sql(sql)
                .param("tenant", tenant)
                .param("promotions", counters.stream().map(Counter::promotion).toArray(UUID[]::new))
                .param("holders", counters.stream().map(Counter::holder).toArray(String[]::new));
    }

    private static Count count(ResultSet row, int number) throws SQLException {
        return new Count(
                row.getLong("id"),
                new Counter(row.getObject("promotion_id", UUID.class), row.getString("holder")),
                row.getLong("used"));
    }

    private static Map<Counter, Count> byCounter(List<Count> counts) {
        return counts.stream().collect(Collectors.toMap(Count::counter, count -> count));
    }
}
