package dev.orderflow.events.stock;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import java.time.Instant;

/** The available units of a product have fallen below {@code threshold}, and were not below it before. */
@EventType("dev.orderflow.stock.low.v1")
public record StockLow(
        @Bounds(pattern = Bounds.SKU) String sku,
        @Bounds(min = 0) Long available,
        @Bounds(min = 1) Long threshold,
        Instant at)
        implements StockLevelEvent {}
