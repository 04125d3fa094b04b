package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.EventMetadata;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An event as received from any publisher, in the form of binary content mode: attributes in headers, and the data alone.
 *
 * @param data null if the record has none
 */
public record ReceivedEvent(Headers headers, byte @Nullable [] data) {

    /**
     * Reads a record of either content mode.
     *
     * @throws UndecodableEventException if the record is in structured mode and its value is not an event
     */
    public static ReceivedEvent of(Headers headers, byte @Nullable [] value) {
        var structured = ContentType.structured(headers);
        return structured == null ? new ReceivedEvent(headers, value) : StructuredEvents.read(structured, value);
    }

    /** Returns whether a record's value contains the attributes, too. */
    public static boolean isStructured(Headers headers) {
        return ContentType.structured(headers) != null;
    }

    /** Returns the event's type; null if the record has none and is therefore not an event. */
    public @Nullable String type() {
        return CloudEventHeaders.typeOf(headers);
    }

    /** Returns the event's source; null if it is missing. */
    public @Nullable String source() {
        var header = headers.lastHeader("ce_source");
        return header == null ? null : CloudEventHeaders.text(header);
    }

    /**
     * Returns the event's attributes.
     *
     * @param key the record's key
     * @throws UndecodableEventException naming the attribute, when a required one is missing, or any is malformed
     */
    public EventMetadata metadata(@Nullable String key) {
        return new ReceivedAttributes(headers).metadata(key);
    }

    /**
     * Returns the id that the inbox remembers for an event with a deduplication key; null without one. All versions of a type have
     * the same one, since they are versions of one fact.
     */
    public static @Nullable UUID dedupIdOf(EventMetadata metadata) {
        var key = metadata.dedupKey();
        return key == null
                ? null
                : EventIdentity.ofDedupKey(metadata.source(), EventDescriptor.familyOf(metadata.type()), key);
    }
}
