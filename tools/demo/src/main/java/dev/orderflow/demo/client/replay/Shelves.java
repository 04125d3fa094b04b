package dev.orderflow.demo.client.replay;

import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.client.Product;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.Stock;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Puts the products into the catalog and enough of each into stock. */
final class Shelves {

    private final ShopClient shop;
    private final Patience patience;
    private final Crowd crowd;

    Shelves(ShopClient shop, Patience patience, Crowd crowd) {
        this.shop = shop;
        this.patience = patience;
        this.crowd = crowd;
    }

    /** Fills the shop and returns one sentence for each product that could not be made available. */
    Queue<String> fill(Map<String, Product> products, Map<String, Long> demand) {
        var failures = new ConcurrentLinkedQueue<String>();
        crowd.forEach("products", demand.keySet(), sku -> {
            try {
                var product = products.get(sku);
                if (product != null) {
                    patience.call(() -> shop.put(product));
                }
                patience.call(() -> topUp(sku, demand.getOrDefault(sku, 0L)));
            } catch (RuntimeException e) {
                failures.add("product " + sku + ": " + e.getMessage());
            }
        });
        return failures;
    }

    /** Raises the stock of a product. It never lowers it, since orders in progress may need the existing units. */
    private long topUp(String sku, long wanted) {
        var available = shop.stock(sku).map(Stock::available).orElse(0L);
        return available >= wanted ? available : shop.putStock(sku, wanted).available();
    }
}
