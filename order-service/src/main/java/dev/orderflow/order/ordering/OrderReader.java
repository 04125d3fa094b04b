package dev.orderflow.order.ordering;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.order.ownership.Ownership;
import dev.orderflow.order.paging.Page;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads orders in the form that clients see. */
@Service
class OrderReader {

    private final OrderRepository orders;
    private final OrderIndex index;

    OrderReader(OrderRepository orders, OrderIndex index) {
        this.orders = orders;
        this.index = index;
    }

    /** @throws Refusal when {@code owner} has no such order */
    @Transactional(readOnly = true)
    public OrderView get(UUID id, Ownership owner) {
        return orders.findWithLines(id)
                .filter(order -> order.isOf(owner))
                .map(OrderView::of)
                .orElseThrow(() -> notFound(id));
    }

    /**
     * Lists the orders that match {@code filter} after {@code cursor}, newest first.
     *
     * @param limit maximum number of orders, 1 or more
     */
    @Transactional(readOnly = true)
    public Page<OrderView> list(OrderFilter filter, OrderCursor cursor, int limit) {
        var page = index.page(filter, cursor, limit);
        return new Page<>(load(page.items()), page.nextCursor());
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
