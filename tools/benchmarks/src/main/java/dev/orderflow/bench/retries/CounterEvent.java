package dev.orderflow.bench.retries;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;

/** Events about a counter. */
@EventTopic("counter-events")
sealed interface CounterEvent extends DomainEvent {

    String counter();

    @Override
    @JsonIgnore
    default String key() {
        return counter();
    }

    /**
     * Increment of a counter.
     *
     * @param value 1, 2, 3… in the order of publishing
     */
    @EventType("bench.counter.advanced.v1")
    record Advanced(String counter, int value) implements CounterEvent {}
}
