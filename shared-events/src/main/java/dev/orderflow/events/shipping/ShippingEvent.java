package dev.orderflow.events.shipping;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.events.Topics;
import java.time.Instant;
import java.util.UUID;

/** A change of an order's shipment. */
@EventTopic(value = Topics.SHIPPING_EVENTS, owner = Topics.SHIPPING_SERVICE)
public sealed interface ShippingEvent extends DomainEvent
        permits ShipmentDispatched, ShipmentDelivered, ShipmentStopped, ShipmentStopRefused, ShipmentLost {

    UUID orderId();

    /** The carrier's id of the shipment. */
    String trackingId();

    /** Time of the change. */
    Instant at();

    @Override
    @JsonIgnore
    default String key() {
        return orderId().toString();
    }
}
