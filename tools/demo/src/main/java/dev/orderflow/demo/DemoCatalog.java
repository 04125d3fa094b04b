package dev.orderflow.demo;

import dev.orderflow.demo.client.Product;
import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.events.Money;
import java.util.List;

/** Small product catalog for demos. */
record DemoCatalog(ShopClient shop) {

    static final List<Product> PRODUCTS = List.of(
            new Product("DEMO-TEAPOT", "Teapot, blue", Money.of("15.30", "GBP")),
            new Product("DEMO-LANTERN", "Lantern, white metal", Money.of("3.39", "GBP")),
            new Product("DEMO-CAKESTAND", "Cake stand, three tiers", Money.of("12.75", "GBP")),
            new Product("DEMO-CLOCK", "Alarm clock, red", Money.of("3.75", "GBP")));

    private static final long PLENTY = 100_000;

    /** Puts the products into the catalog and into stock, unless the shop already has products. */
    void fillIfEmpty() {
        if (!shop.products().items().isEmpty()) {
            return;
        }
        for (var product : PRODUCTS) {
            shop.put(product);
            shop.putStock(product.sku(), PLENTY);
        }
    }
}
