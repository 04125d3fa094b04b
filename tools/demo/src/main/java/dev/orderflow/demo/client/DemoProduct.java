package dev.orderflow.demo.client;

import dev.orderflow.events.Money;

/** Default product of an order: always in the catalog and in stock. */
final class DemoProduct {

    private static final Product TEAPOT = new Product("DEMO-TEAPOT", "Teapot, blue", Money.of("15.30", "GBP"));
    private static final long ENOUGH = 100;

    private final ShopClient shop;

    DemoProduct(ShopClient shop) {
        this.shop = shop;
    }

    /** Adds the product to the catalog and to stock as far as necessary, and returns its sku. */
    String sku() {
        var available = shop.stock(TEAPOT.sku()).map(Stock::available).orElse(0L);
        if (available < ENOUGH) {
            shop.put(TEAPOT);
            shop.putStock(TEAPOT.sku(), ENOUGH * 10);
        }
        return TEAPOT.sku();
    }
}
