package dev.orderflow.bench.consume;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** Events about the stock. */
@EventTopic(StockEvent.TOPIC)
sealed interface StockEvent extends DomainEvent {

    String TOPIC = "stock-events";

    UUID orderId();

    @Override
    @JsonIgnore
    default String key() {
        return orderId().toString();
    }

    /**
     * Sale of one product to an order, about 600 bytes as JSON.
     *
     * @param quantity 1 or more
     */
    @EventType("bench.stock.sold.v1")
    record Sold(
            UUID orderId,
            String customerId,
            String sku,
            String name,
            int quantity,
            BigDecimal unitPrice,
            String currency,
            Instant at,
            String shipTo,
            String remark)
            implements StockEvent {}
}
