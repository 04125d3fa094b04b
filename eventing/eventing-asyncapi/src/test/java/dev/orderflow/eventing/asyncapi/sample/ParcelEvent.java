package dev.orderflow.eventing.asyncapi.sample;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;

/** A change of a parcel, which only the service {@code parcels} publishes. */
@EventTopic(value = "parcel-events", owner = "parcels")
public sealed interface ParcelEvent extends DomainEvent {

    String parcel();

    @Override
    default String key() {
        return parcel();
    }

    /** An event with a schema. */
    @EventType("sample.parcel.sent.v1")
    record Sent(String parcel, int weight) implements ParcelEvent {}

    /** An event without a schema. */
    @EventType("sample.parcel.lost.v1")
    record Lost(String parcel) implements ParcelEvent {}
}
