package dev.orderflow.eventing.view;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventVerifier;
import dev.orderflow.eventing.wire.ReceivedEvent;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes the records of a view's topic, which only the topic's owner may have published. Not thread-safe. */
class ViewDecoder<E extends DomainEvent> {

    private final Class<E> events;
    private final Map<String, EventDescriptor> types;
    private final EventJson json;
    private final EventVerifier verifier;

    ViewDecoder(Class<E> events, EventJson json, EventVerifier verifier) {
        this.events = events;
        this.types = EventDescriptor.allOf(events).stream()
                .collect(Collectors.toUnmodifiableMap(EventDescriptor::type, event -> event));
        this.json = json;
        this.verifier = verifier;
    }

    /** Returns the topic of all events. */
    String topic() {
        return types.values().iterator().next().topic();
    }

    /**
     * Returns the event of a record; empty if the record is a tombstone, or an event of a type that this view does not know.
     *
     * @throws UndecodableEventException if the record cannot be read, or was not published by the topic's owner
     */
    Optional<E> decode(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            return Optional.empty();
        }
        var received = ReceivedEvent.of(message.headers(), message.value());
        var type = received.type() == null ? null : types.get(received.type());
        return type == null ? Optional.empty() : Optional.of(decode(message, received, type));
    }

    private E decode(ConsumerRecord<String, byte[]> message, ReceivedEvent received, EventDescriptor type) {
        if (type.owner() != null && !type.owner().equals(received.source())) {
            throw new UndecodableEventException(
                    "the event is not one of " + type.owner() + ", to which " + type.topic() + " belongs");
        }
        verifier.verify(message.topic(), message.key(), received);
        var metadata = received.metadata(message.key());
        var data = received.data();
        if (data == null) {
            throw new UndecodableEventException("the record has no data");
        }
        var event = json.read(
                json.contracts().read(metadata.type(), data, type.type()),
                type.eventClass().asSubclass(events));
        if (!event.key().equals(message.key()) || !event.key().equals(metadata.subject())) {
            throw new UndecodableEventException("the data is about another key than the record");
        }
        return event;
    }
}
