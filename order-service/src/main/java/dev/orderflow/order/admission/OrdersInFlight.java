package dev.orderflow.order.admission;

import dev.orderflow.order.ownership.OwnedRows;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts the orders that wait for their next step, over all instances. */
@Repository
class OrdersInFlight {

    /** Orders that wait longer than this are not part of the flow: a failure delays them, not other orders. */
    static final Duration HORIZON = Duration.ofSeconds(60);

    /** Upper bound of the count; beyond it, the exact number does not matter. */
    private static final int MOST = 20_000;

    /** Counts by tenant and step, served by orders_newest_of_status. Ages are measured by the database's clock. */
    private static final String COUNT = """
            SELECT tenant, status, count(*) AS waiting, count(*) FILTER (WHERE placed_at < now() - make_interval(secs => :target)) AS late
              FROM (SELECT tenant, status, placed_at
                      FROM orders
                     WHERE status IN ('PLACED', 'RESERVED')
                       AND placed_at > now() - make_interval(secs => :horizon)
                     LIMIT :most) AS open
             GROUP BY tenant, status
            """;

    private final JdbcClient jdbc;
    private final OwnedRows rows;

    OrdersInFlight(JdbcClient jdbc, OwnedRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * Orders that wait for one step.
     *
     * @param waiting number of orders
     * @param late    number of them that were placed longer ago than the target
     */
    record Step(int waiting, int late) {

        static final Step NONE = new Step(0, 0);

        Step plus(Step other) {
            return new Step(waiting + other.waiting, late + other.late);
        }
    }

    /**
     * @param placed    orders that wait for their stock
     * @param reserved  orders that wait for their payment
     * @param ofTenants orders of both steps, by their tenants
     */
    record Steps(Step placed, Step reserved, Map<String, Integer> ofTenants) {}

    /** Counts the committed orders in flight of all tenants; {@code target} separates the late ones. */
    Steps count(Duration target) {
        return rows.readAll(() -> countAll(target));
    }

    private Steps countAll(Duration target) {
        var steps = new Step[] {Step.NONE, Step.NONE};
        var ofTenants = new HashMap<String, Integer>();
        jdbc.sql(COUNT)
                .param("target", target.toMillis() / 1e3)
                .param("horizon", HORIZON.toSeconds())
                .param("most", MOST)
                .query(row -> {
                    var place = row.getString("status").equals("PLACED") ? 0 : 1;
                    steps[place] = steps[place].plus(new Step(row.getInt("waiting"), row.getInt("late")));
                    ofTenants.merge(row.getString("tenant"), row.getInt("waiting"), Integer::sum);
                });
        return new Steps(steps[0], steps[1], ofTenants);
    }
}
