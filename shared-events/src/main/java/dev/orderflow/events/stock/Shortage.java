package dev.orderflow.events.stock;

import dev.orderflow.events.Bounds;

/** A product with less stock than ordered; {@code available} is 0 for an unknown product. */
public record Shortage(
        @Bounds(pattern = Bounds.SKU) String sku,
        @Bounds(min = 1) int wanted,
        @Bounds(min = 0) long available) {}
