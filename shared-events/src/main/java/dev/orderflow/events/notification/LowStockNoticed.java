package dev.orderflow.events.notification;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import java.time.Instant;

/** A product should be reordered: fewer than {@code threshold} units are available. */
@EventType("dev.orderflow.notification.lowstock.v1")
public record LowStockNoticed(
        @Bounds(pattern = Bounds.SKU) String sku,
        @Bounds(min = 0) Long available,
        @Bounds(min = 1) Long threshold,
        Instant at)
        implements MerchandiserNotification {

    @Override
    @JsonIgnore
    public String key() {
        return sku;
    }
}
