package dev.orderflow.bench.tenants;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;

/** @param sentAt when it was sent, by {@link System#nanoTime} of this JVM */
@EventTopic(TenantEvent.TOPIC)
@EventType(TenantEvent.TYPE)
record TenantEvent(long sentAt) implements DomainEvent {

    static final String TOPIC = "bench-tenants";
    static final String TYPE = "bench.tenant.acted.v1";

    /** Consumers do not use the key of their record. */
    @Override
    @JsonIgnore
    public String key() {
        return "";
    }
}
