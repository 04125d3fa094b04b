package dev.orderflow.inventory.stock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of products, in sku order.
 *
 * @param nextCursor cursor of the next page; null on the last page
 */
record StockPage(List<StockLevel> items, @Nullable String nextCursor) {

    /** @param found up to one item more than {@code limit}, which shows whether there is a next page */
    static StockPage of(List<StockItem> found, int limit) {
        var items = found.stream().limit(limit).map(StockLevel::of).toList();
        return new StockPage(
                items, found.size() > limit ? StockCursor.after(items.getLast().sku()) : null);
    }
}
