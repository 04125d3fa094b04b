package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.inbox.handler.HandlerMethod;
import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import dev.orderflow.eventing.wire.ReceivedEvent;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record that this group has to consume, decoded as far as possible. */
sealed interface DecodedRecord {

    /** The polled record, of a source topic or a retry topic. */
    ConsumerRecord<String, byte[]> message();

    ConsumedRecord consumed();

    default UUID id() {
        return consumed().source().id();
    }

    default String type() {
        return consumed().source().type();
    }

    default EventStream stream() {
        return consumed().stream();
    }

    /** Returns whether the record comes from its source topic rather than a retry topic. */
    default boolean isFirst() {
        return consumed().hop() == 0;
    }

    /** An event and the handler that consumes it. */
    record Delivery(
            ConsumerRecord<String, byte[]> message,
            ConsumedRecord consumed,
            EventMetadata metadata,
            DomainEvent event,
            HandlerMethod handler,
            @Nullable ReceivedEvent received)
            implements DecodedRecord, HandlerCalls.Call {

        Delivery(
                ConsumerRecord<String, byte[]> message,
                ConsumedRecord consumed,
                EventMetadata metadata,
                DomainEvent event,
                HandlerMethod handler) {
            this(message, consumed, metadata, event, handler, null);
        }

        @Override
        public UUID id() {
            return DecodedRecord.super.id();
        }
    }

    /**
     * A record without a valid event, or an event in a version that this application does not know yet. It must not be skipped.
     */
    record Unreadable(ConsumerRecord<String, byte[]> message, ConsumedRecord consumed, UndecodableEventException cause)
            implements DecodedRecord {}

    /** A failed event whose type is no longer handled. It completes when it is next in its stream. */
    record Obsolete(ConsumerRecord<String, byte[]> message, ConsumedRecord consumed) implements DecodedRecord {}
}
