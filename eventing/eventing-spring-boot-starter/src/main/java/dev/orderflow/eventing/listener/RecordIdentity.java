package dev.orderflow.eventing.listener;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.inbox.Inbox;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.ReceivedEvent;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The id under which the inbox stores a record of any producer. */
final class RecordIdentity {

    private RecordIdentity() {}

    /**
     * Returns the id that an {@code @EventHandler} of the same group stores for the event. A record without an id is identified by
     * its topic, partition and offset, and so is one in structured mode whose value is deserialized to another object than text or
     * bytes.
     */
    static UUID of(ConsumerRecord<?, ?> message) {
        var id = CloudEventHeaders.identityOf(attributesOf(message));
        return id == null ? Inbox.idOf(message) : id;
    }

    private static Headers attributesOf(ConsumerRecord<?, ?> message) {
        var headers = message.headers();
        if (!ReceivedEvent.isStructured(headers)) {
            return headers;
        }
        try {
            return ReceivedEvent.of(headers, bytesOf(message.value())).headers();
        } catch (UndecodableEventException e) {
            return headers;
        }
    }

    private static byte @Nullable [] bytesOf(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(UTF_8);
            case null, default -> null;
        };
    }
}
