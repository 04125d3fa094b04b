package dev.orderflow.inventory.stock;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.orderflow.events.stock.Shortage;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The stock that the current transaction has locked.
 * <p>
 * A request for a sku that was not locked is a programming error and fails: treating such a product as unknown would
 * reject orders that could be served.
 */
class LockedStock {

    private final Set<String> skus;
    private final Map<String, StockItem> items;
    private final Set<StockItem> moved = new LinkedHashSet<>();

    /**
     * @param skus  the products to lock
     * @param items the products of {@code skus} that exist
     */
    LockedStock(Set<String> skus, Collection<StockItem> items) {
        this.skus = Set.copyOf(skus);
        this.items = items.stream().collect(toUnmodifiableMap(StockItem::sku, identity()));
    }

    /** Returns the products with less stock than {@code wanted}, in sku order. An unknown product has a stock of 0. */
    List<Shortage> shortages(Quantities wanted) {
        return wanted.bySku().entrySet().stream()
                .map(line -> new Shortage(line.getKey(), line.getValue(), availableOf(line.getKey())))
                .filter(line -> line.wanted() > line.available() || line.wanted() == Quantities.UNCOUNTABLE)
                .toList();
    }

    /**
     * Reserves the lines. Call it only if there are no {@link #shortages}.
     *
     * @param changed receives each product with the units that were available before
     */
    void reserve(Quantities lines, ObjLongConsumer<StockItem> changed) {
        forEach(lines, (item, quantity) -> {
            var before = item.available();
            item.reserve(quantity);
            changed.accept(item, before);
        });
    }

    void commit(Quantities lines) {
        forEach(lines, StockItem::commit);
    }

    void release(Quantities lines) {
        forEach(lines, StockItem::release);
    }

    void takeBack(Quantities lines) {
        forEach(lines, StockItem::takeBack);
    }

    /** Returns the products whose counts have changed. */
    Collection<StockItem> moved() {
        return Collections.unmodifiableSet(moved);
    }

    private void forEach(Quantities lines, ObjIntConsumer<StockItem> move) {
        lines.bySku().forEach((sku, quantity) -> {
            var item = existing(sku);
            move.accept(item, quantity);
            moved.add(item);
        });
    }

    private long availableOf(String sku) {
        var item = find(sku);
        return item == null ? 0 : item.available();
    }

    private StockItem existing(String sku) {
        var item = find(sku);
        if (item == null) {
            throw new IllegalStateException("sku " + sku + " is held by an order but is not in stock_item");
        }
        return item;
    }

    private @Nullable StockItem find(String sku) {
        if (!skus.contains(sku)) {
            throw new IllegalStateException("sku " + sku + " was not locked before the batch");
        }
        return items.get(sku);
    }
}
