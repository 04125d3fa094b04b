package dev.orderflow.events.stock;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;
import java.util.UUID;

/** A change of the stock of an order's lines. */
@EventTopic(value = Topics.INVENTORY_EVENTS, owner = Topics.INVENTORY_SERVICE)
public sealed interface StockEvent extends DomainEvent
        permits StockReserved, StockRejected, StockCommitted, StockReleased {

    UUID orderId();

    @Override
    @JsonIgnore
    default String key() {
        return orderId().toString();
    }
}
