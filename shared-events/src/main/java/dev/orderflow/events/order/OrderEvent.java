package dev.orderflow.events.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;
import java.util.UUID;

/** A change of an order's status, or its absence. Each consumer sees an order's events in the order of publication. */
@EventTopic(value = Topics.ORDER_EVENTS, owner = Topics.ORDER_SERVICE)
public sealed interface OrderEvent extends DomainEvent
        permits OrderPlaced,
                OrderPlacedV2,
                OrderReserved,
                OrderUnpaid,
                OrderPaid,
                OrderShipped,
                OrderDelivered,
                OrderFollowUpDue,
                OrderCancelled {

    UUID orderId();

    /**
     * The customer's {@link dev.orderflow.events.customer.CustomerReference}, for which order-service has an address.
     * Events from before there were references have the customer's id.
     */
    String customerId();

    @Override
    @JsonIgnore
    default String key() {
        return orderId().toString();
    }
}
