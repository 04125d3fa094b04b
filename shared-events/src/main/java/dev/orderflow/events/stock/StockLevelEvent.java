package dev.orderflow.events.stock;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;

/** A change of a product's stock that matters beyond one order. */
@EventTopic(value = Topics.STOCK_LEVEL_EVENTS, owner = Topics.INVENTORY_SERVICE)
public sealed interface StockLevelEvent extends DomainEvent permits StockLow {

    String sku();

    @Override
    @JsonIgnore
    default String key() {
        return sku();
    }
}
