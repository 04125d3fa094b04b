package dev.orderflow.order.admission;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.orderflow.order.ownership.OwnedRows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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

    /** Counts by tenant and step, served by orders_newest_of_tenant_status. Ages are measured by the database's clock. */
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
     * @param waiting   number of orders
     * @param late      number of them that were placed longer ago than the target
     * @param ofTenants number of orders, by their tenants
     */
    record Step(int waiting, int late, Map<String, Integer> ofTenants) {

        static final Step NONE = new Step(0, 0, Map.of());

        Step plus(Step other) {
            var sums = new HashMap<>(ofTenants);
            other.ofTenants.forEach((tenant, number) -> sums.merge(tenant, number, Integer::sum));
            return new Step(waiting + other.waiting, late + other.late, sums);
        }
    }

    /**
     * @param placed   orders that wait for their stock
     * @param reserved orders that wait for their payment
     */
    record Steps(Step placed, Step reserved) {}

    private record Count(String tenant, String status, int waiting, int late) {}

    /** Counts the committed orders in flight of all tenants; {@code target} separates the late ones. */
    Steps count(Duration target) {
        return rows.readAll(() -> countAll(target));
    }

    private Steps countAll(Duration target) {
        var counts = jdbc.sql(COUNT)
                .param("target", target.toMillis() / 1e3)
                .param("horizon", HORIZON.toSeconds())
                .param("most", MOST)
                .query((row, number) -> new Count(
                        row.getString("tenant"), row.getString("status"), row.getInt("waiting"), row.getInt("late")))
                .list();
        return new Steps(step(counts, "PLACED"), step(counts, "RESERVED"));
    }

    private static Step step(List<Count> counts, String status) {
        var own = counts.stream().filter(each -> each.status().equals(status)).toList();
        return new Step(
                own.stream().mapToInt(Count::waiting).sum(),
                own.stream().mapToInt(Count::late).sum(),
                own.stream().collect(toUnmodifiableMap(Count::tenant, Count::waiting)));
    }
}
