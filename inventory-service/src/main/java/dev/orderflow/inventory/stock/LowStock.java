package dev.orderflow.inventory.stock;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.events.stock.StockLow;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Announces each product whose available units fall below a threshold. Must be called in the transaction of the change. */
@Component
class LowStock {

    private final EventPublisher events;
    private final LowStockProperties properties;
    private final Clock clock;

    LowStock(EventPublisher events, LowStockProperties properties, Clock clock) {
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param before available units before the change */
    void changed(StockItem item, long before) {
        var threshold = properties.threshold();
        if (before >= threshold && item.available() < threshold) {
            events.publish(new StockLow(item.sku(), item.available(), threshold, clock.instant()));
        }
    }
}
