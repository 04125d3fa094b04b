package dev.orderflow.eventing.sample;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;

/** Event that a handler publishes and no handler consumes. */
@EventTopic(AuditEvent.TOPIC)
@EventType("sample.audit.noted.v1")
public record AuditEvent(String account, String what) implements DomainEvent {

    public static final String TOPIC = "audit-events";

    @Override
    @JsonIgnore
    public String key() {
        return account;
    }

    @Override
    public String dedupKey() {
        return account + "/" + what;
    }
}
