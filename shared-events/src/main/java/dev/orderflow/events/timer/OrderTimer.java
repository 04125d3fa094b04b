package dev.orderflow.events.timer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;
import java.util.UUID;

/** A time for which an order has waited. Only order-service acts on it, and announces the result as an event of the order. */
@EventTopic(value = Topics.ORDER_TIMERS, owner = Topics.ORDER_SERVICE)
public sealed interface OrderTimer extends DomainEvent permits PaymentDue {

    UUID orderId();

    @Override
    @JsonIgnore
    default String key() {
        return orderId().toString();
    }
}
