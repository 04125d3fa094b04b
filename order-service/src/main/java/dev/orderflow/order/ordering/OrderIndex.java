package dev.orderflow.order.ordering;

import dev.orderflow.edge.paging.Page;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the ids of the orders on a page. */
@Repository
class OrderIndex {

    /**
     * Largest total number of lines on a page, unless its first order alone has more. Orders have up to a thousand
     * lines: a full page of such orders would need more memory than a small instance has.
     */
    static final int MAX_LINES = 2_000;

    /**
     * Reads a page of ids, served by orders_newest_of_tenant, orders_newest_of_owner or orders_newest_of_tenant_status, which provide
     * the order and the position. The count is served by order_line's primary key.
     */
    private static final String PAGE = """
            SELECT o.id, o.placed_at, (SELECT count(*) FROM order_line l WHERE l.order_id = o.id) AS lines
              FROM orders o
             WHERE o.tenant = :tenant
               AND (o.placed_at, o.id) < (:placedAt, :id)
               %s
             ORDER BY o.placed_at DESC, o.id DESC
             LIMIT :limit
            """;

    private static final String OF_CUSTOMER = "AND o.customer_id = :customerId ";
    private static final String OF_STATUS = "AND o.status = :status ";

    private final JdbcClient jdbc;

    OrderIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the ids of a page's orders. The page is shorter than {@code limit} if it would have too many lines. */
    Page<UUID> page(OrderFilter filter, OrderCursor after, int limit) {
        var found = find(filter, after, limit + 1);
        var entries = found.subList(0, fitting(found, limit));
        var ids = entries.stream().map(Entry::id).toList();
        return entries.size() == found.size()
                ? new Page<>(ids, null)
                : new Page<>(ids, entries.getLast().cursor());
    }

    private List<Entry> find(OrderFilter filter, OrderCursor after, int limit) {
        var conditions = (filter.customerId() == null ? "" : OF_CUSTOMER) + (filter.status() == null ? "" : OF_STATUS);
        var query = jdbc.sql(String.format(Locale.ROOT, PAGE, conditions))
                .param("tenant", filter.tenant())
                .param("placedAt", after.placedAt().atOffset(ZoneOffset.UTC))
                .param("id", after.id())
                .param("limit", limit);
        if (filter.customerId() != null) {
            query = query.param("customerId", filter.customerId());
        }
        if (filter.status() != null) {
            query = query.param("status", filter.status().name());
        }
        return new ArrayList<>(query.query((row, number) -> new Entry(
                        row.getObject("id", UUID.class),
                        row.getTimestamp("placed_at").toInstant(),
                        row.getInt("lines")))
                .list());
    }

    /** Returns how many of {@code found} fit on a page: at least the first, if there is one. */
    private static int fitting(List<Entry> found, int limit) {
        var lines = 0;
        for (var i = 0; i < found.size(); i++) {
            lines += found.get(i).lines();
            if (i == limit || (i > 0 && lines > MAX_LINES)) {
                return i;
            }
        }
        return found.size();
    }

    private record Entry(UUID id, Instant placedAt, int lines) {

        String cursor() {
            return new OrderCursor(placedAt, id).encode();
        }
    }
}
