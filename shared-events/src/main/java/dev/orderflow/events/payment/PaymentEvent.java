package dev.orderflow.events.payment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;
import java.util.UUID;

/** A change of an order's payment. */
@EventTopic(value = Topics.PAYMENT_EVENTS, owner = Topics.PAYMENT_SERVICE)
public sealed interface PaymentEvent extends DomainEvent permits PaymentCompleted, PaymentDeclined, PaymentRefunded {

    UUID orderId();

    @Override
    @JsonIgnore
    default String key() {
        return orderId().toString();
    }
}
