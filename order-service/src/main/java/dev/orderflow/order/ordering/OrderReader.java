package dev.orderflow.order.ordering;

import dev.orderflow.edge.paging.Page;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.order.ownership.OwnedRows;
import dev.orderflow.order.ownership.Ownership;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Reads orders in the form that clients see. */
@Service
class OrderReader {

    private final OrderRepository orders;
    private final OrderIndex index;
    private final OwnedRows rows;

    OrderReader(OrderRepository orders, OrderIndex index, OwnedRows rows) {
        this.orders = orders;
        this.index = index;
        this.rows = rows;
    }

    /** @throws Refusal when {@code owner} has no such order */
    OrderView get(UUID id, Ownership owner) {
        return rows.read(
                owner.tenant(),
                () -> orders.findWithLines(id)
                        .filter(order -> order.isOf(owner))
                        .map(OrderView::of)
                        .orElseThrow(() -> notFound(id)));
    }

    /**
     * Lists the orders that match {@code filter} after {@code cursor}, newest first.
     *
     * @param limit maximum number of orders, 1 or more
     */
    Page<OrderView> list(OrderFilter filter, OrderCursor cursor, int limit) {
        return rows.read(filter.tenant(), () -> {
            var page = index.page(filter, cursor, limit);
            return new Page<>(load(page.items()), page.nextCursor());
        });
    }

    /** Loads all orders with three queries: orders, lines, histories. */
    private List<OrderView> load(List<UUID> ids) {
        var found = orders.findAllById(ids).stream().collect(Collectors.toMap(Order::getId, Function.identity()));
        return ids.stream().map(found::get).map(OrderView::of).toList();
    }

    static Refusal notFound(UUID id) {
        return Refusal.notFound("order_not_found", "There is no order " + id + ".", id.toString());
    }
}
