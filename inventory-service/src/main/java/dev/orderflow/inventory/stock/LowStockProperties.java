package dev.orderflow.inventory.stock;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limit of a product's stock, below which it is announced as low.
 *
 * @param threshold units of which fewer are low, 1 or more
 */
@ConfigurationProperties("inventory.low-stock")
record LowStockProperties(@DefaultValue("5") long threshold) {

    LowStockProperties {
        if (threshold < 1) {
            throw new IllegalArgumentException("inventory.low-stock.threshold must be 1 or more");
        }
    }
}
