package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.UndecodableEventException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Turns a record into a {@link Delivery}, as far as this group handles its type. */
public class RecordDecoder {

    private final HandlerRegistry handlers;
    private final EventJson json;

    public RecordDecoder(HandlerRegistry handlers, EventJson json) {
        this.handlers = handlers;
        this.json = json;
    }

    /** What a record turned out to be. */
    sealed interface Decoded {

        record Handled(Delivery delivery) implements Decoded {}

        /** A fact that this group does not handle. */
        record Unhandled(String type) implements Decoded {}

        /** Not an event, or one in a version that this application does not know yet: must not be skipped. */
        record Unreadable(UndecodableEventException cause) implements Decoded {}
    }

    Decoded decode(ConsumerRecord<String, byte[]> message) {
        try {
            var type = CloudEventHeaders.typeOf(message.headers());
            if (type == null) {
                throw new UndecodableEventException("header ce_type is missing");
            }
            var entry = handlers.find(type);
            if (entry == null && handlers.handlesOtherVersionOf(type)) {
                throw new UndecodableEventException(type + " is a version that this application does not know");
            }
            return entry == null ? new Decoded.Unhandled(type) : new Decoded.Handled(delivery(message, entry));
        } catch (UndecodableEventException e) {
            return new Decoded.Unreadable(e);
        }
    }

    private Delivery delivery(ConsumerRecord<String, byte[]> message, HandlerRegistry.Entry entry) {
        var metadata = CloudEventHeaders.read(message.headers());
        if (message.value() == null) {
            throw new UndecodableEventException("the record has no data");
        }
        var event = json.read(message.value(), entry.event().eventClass());
        var partition = new TopicPartition(message.topic(), message.partition());
        return new Delivery(partition, message.offset(), metadata, event, entry.handler());
    }
}
