package dev.orderflow.inventory.stock;

/**
 * A product's counts in the REST API.
 *
 * @param available can be ordered
 * @param reserved  reserved for orders that are not paid yet
 * @param sold      belongs to paid orders
 */
record StockLevel(String sku, long available, long reserved, long sold) {

    static StockLevel of(StockItem item) {
        return new StockLevel(item.sku(), item.available(), item.reserved(), item.sold());
    }
}
