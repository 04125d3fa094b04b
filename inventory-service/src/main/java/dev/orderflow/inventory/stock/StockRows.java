package dev.orderflow.inventory.stock;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Locks all products of a batch in one statement, and writes them in one. As entities, they would be written in a
 * statement each, which would be most of a batch's cost here and in the database.
 * <p>
 * The returned items belong to no persistence context: changes that are not passed to {@link #update} are lost.
 */
@Component
class StockRows {

    /**
     * Locks rows, served by the primary key. The rows are sorted before they are locked, so all transactions lock them
     * in the same order.
     */
    private static final String LOCK = """
            SELECT sku, available, reserved, sold
            FROM stock_item
            WHERE sku = ANY(:skus)
            ORDER BY sku
            FOR UPDATE
            """;

    /**
     * Writes rows, served by the primary key. The version reveals the change to transactions that read the row as an
     * entity.
     */
    private static final String UPDATE = """
            UPDATE stock_item AS item
            SET available = now.available, reserved = now.reserved, sold = now.sold, version = item.version + 1
            FROM unnest(:skus::text[], :available::bigint[], :reserved::bigint[], :sold::bigint[])
                 AS now (sku, available, reserved, sold)
            WHERE item.sku = now.sku
            """;

    private final JdbcClient jdbc;

    StockRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the products of {@code skus} that exist, until the transaction ends. */
    List<StockItem> lock(SortedSet<String> skus) {
        if (skus.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(LOCK)
                .param("skus", skus.toArray(String[]::new))
                .query((row, _) -> new StockItem(
                        row.getString("sku"), row.getLong("available"), row.getLong("reserved"), row.getLong("sold")))
                .list();
    }

    /** @param items locked by this transaction */
    void update(Collection<StockItem> items) {
        if (items.isEmpty()) {
            return;
        }
        var updated = jdbc.sql(UPDATE)
                .param("skus", items.stream().map(StockItem::sku).toArray(String[]::new))
                .param("available", counts(items, StockItem::available))
                .param("reserved", counts(items, StockItem::reserved))
                .param("sold", counts(items, StockItem::sold))
                .update();
        if (updated != items.size()) {
            throw new IllegalStateException(updated + " of " + items.size() + " products were updated");
        }
    }

    private static Long[] counts(Collection<StockItem> items, ToLongFunction<StockItem> count) {
        return items.stream().mapToLong(count).boxed().toArray(Long[]::new);
    }
}
