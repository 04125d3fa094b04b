package dev.orderflow.events.order;

import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;

/**
 * One product of an order.
 *
 * @param quantity 1 or more
 * @param amount   unit price times quantity
 */
public record OrderLine(
        @Bounds(pattern = Bounds.SKU) String sku,
        @Bounds(min = 1, max = Bounds.PRODUCT_NAME) String name,
        @Bounds(min = 1) int quantity,
        Money unitPrice,
        Money amount) {}
