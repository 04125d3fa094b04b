package dev.orderflow.bench.publishing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;

/** Incompressible event, like the records of Kafka's producer tool. */
@EventTopic("bench-letters")
public sealed interface LetterEvent extends DomainEvent {

    @EventType("bench.letters.v1")
    record Letters(@JsonIgnore String key, String letters) implements LetterEvent {}
}
