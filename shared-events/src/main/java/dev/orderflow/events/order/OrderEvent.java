package dev.orderflow.events.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;
import java.util.UUID;

/** A change of an order's status. The order's own stream: each consumer sees an order's changes in this order. */
@EventTopic(value = Topics.ORDER_EVENTS, owner = Topics.ORDER_SERVICE)
public sealed interface OrderEvent extends DomainEvent permits OrderPlaced, OrderReserved, OrderPaid, OrderCancelled {

    UUID orderId();

    /** Opaque to all but the shop; consumers that write to the customer need it. */
    String customerId();

    @Override
    @JsonIgnore
    default String key() {
        return orderId().toString();
    }
}
