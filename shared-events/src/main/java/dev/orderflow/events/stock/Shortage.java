package dev.orderflow.events.stock;

import dev.orderflow.events.Bounds;

/** A product of which an order wanted more than there was; {@code available} is 0 for one that is unknown. */
public record Shortage(
        @Bounds(pattern = Bounds.SKU) String sku,
        @Bounds(min = 1) int wanted,
        @Bounds(min = 0) long available) {}
