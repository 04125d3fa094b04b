package dev.orderflow.events.customer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;

/** A change of a customer's data that others have to follow. */
@EventTopic(value = Topics.CUSTOMERS, owner = Topics.ORDER_SERVICE)
public sealed interface CustomerEvent extends DomainEvent permits CustomerErased {

    /** The customer's {@link CustomerReference}, as in the events of its orders. */
    String customerId();

    @Override
    @JsonIgnore
    default String key() {
        return customerId();
    }
}
