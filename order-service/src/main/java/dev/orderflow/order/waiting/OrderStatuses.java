package dev.orderflow.order.waiting;

import dev.orderflow.order.lifecycle.OrderStatus;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

    private final JdbcClient jdbc;

    OrderStatuses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the committed statuses of the orders that exist. */
    Map<UUID, OrderStatus> find(Set<UUID> ids) {
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
