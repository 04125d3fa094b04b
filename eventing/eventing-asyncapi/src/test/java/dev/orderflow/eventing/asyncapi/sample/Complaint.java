package dev.orderflow.eventing.asyncapi.sample;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;

/** An event on a topic without an owner. */
@EventTopic("complaints")
@EventType("sample.complaint.filed.v1")
public record Complaint(String parcel) implements DomainEvent {

    @Override
    public String key() {
        return parcel;
    }
}
