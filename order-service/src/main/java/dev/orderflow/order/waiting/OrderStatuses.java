package dev.orderflow.order.waiting;

import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.ownership.OwnedRows;
import dev.orderflow.order.ownership.Ownership;
import java.sql.Types;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks up orders' statuses without loading the orders. */
@Repository
class OrderStatuses {

    /** Lookup of several statuses, served by the primary key (id). */
    private static final String FIND = """
            SELECT id, status
              FROM orders
             WHERE id = ANY (:ids)
            """;

    /** Lookup of one status, served by the primary key (id). */
    private static final String FIND_OWN = """
            SELECT status
              FROM orders
             WHERE id = :id
               AND tenant = :tenant
               AND (:customer::text IS NULL OR customer_id = :customer)
            """;

    private final JdbcClient jdbc;
    private final OwnedRows rows;

    OrderStatuses(JdbcClient jdbc, OwnedRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Returns the committed status of an order; null if {@code owner} has no such order. */
    @Nullable
    OrderStatus find(UUID id, Ownership owner) {
        return rows.read(owner.tenant(), () -> lookUp(id, owner));
    }

    private @Nullable OrderStatus lookUp(UUID id, Ownership owner) {
        return jdbc.sql(FIND_OWN)
                .param("id", id)
                .param("tenant", owner.tenant())
                .param("customer", owner.customer(), Types.VARCHAR)
                .query((row, number) -> OrderStatus.valueOf(row.getString("status")))
                .optional()
                .orElse(null);
    }

    /** Returns the committed statuses of the orders that exist, whose ids readers of these orders have named. */
    Map<UUID, OrderStatus> find(Set<UUID> ids) {
        return rows.readAll(() -> lookUp(ids));
    }

    private Map<UUID, OrderStatus> lookUp(Set<UUID> ids) {
        return jdbc
                .sql(FIND)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) ->
                        Map.entry(row.getObject("id", UUID.class), OrderStatus.valueOf(row.getString("status"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
