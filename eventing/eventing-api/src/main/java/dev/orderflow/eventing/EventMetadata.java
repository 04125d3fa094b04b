package dev.orderflow.eventing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of an event. Only {@code id}, {@code source} and {@code type} are certain to be published; the
 * descriptions say what takes the place of a missing attribute.
 *
 * @param id              identifies the event in this application: the published id if it is a UUIDv7, otherwise a hash of source
 *                        and published id
 * @param publishedId     CloudEvents id as published; a UUIDv7 for events of this starter, any text that is unique within its
 *                        source for others
 * @param type            see {@link EventType#value()}
 * @param source          the service that published
 * @param subject         the aggregate's id, also the partition key; if missing, the record's key, or else the published id
 * @param time            when the fact happened; null if the publisher does not state it
 * @param dataContentType media type of the data; {@code application/json} if missing
 * @param dataSchema      URI of the data's JSON Schema, if stated
 * @param sequence        position in the aggregate's own stream on this topic: 1, 2, 3… without gaps; 0 if missing
 * @param correlationId   id of the whole flow; the same for all events with the same origin. The subject if missing
 * @param causationId     id of the event or request that caused this one; the correlation id if missing
 * @param intent          the business purpose, if stated
 * @param tenantId        tenant on whose behalf the flow runs, if stated
 * @param priority        urgency; normal if missing
 * @param deadline        instant after which the event is worthless; null for none
 * @param dedupKey        see {@link DomainEvent#dedupKey()}
 * @param traceparent     W3C trace context of the publisher, if there was one
 * @param tracestate      vendor-specific part of the W3C trace context, if there was one
 */
public record EventMetadata(
        UUID id,
        String publishedId,
        String type,
        String source,
        String subject,
        @Nullable Instant time,
        String dataContentType,
        @Nullable String dataSchema,
        long sequence,
        String correlationId,
        String causationId,
        @Nullable String intent,
        @Nullable String tenantId,
        EventPriority priority,
        @Nullable Instant deadline,
        @Nullable String dedupKey,
        @Nullable String traceparent,
        @Nullable String tracestate) {

    /** The media type of this starter's events. */
    public static final String JSON = "application/json";

    /** Creates the metadata of the first event of an aggregate, which begins a flow. For tests of handlers and publishers. */
    public static EventMetadata of(UUID id, String type, String source, String subject, Instant time) {
        return new EventMetadata(
                id,
                id.toString(),
                type,
                source,
                subject,
                time,
                JSON,
                null,
                1,
                subject,
                subject,
                null,
                null,
                EventPriority.NORMAL,
                null,
                null,
                null,
                null);
    }

    /** Returns the same metadata at another position in the aggregate's stream. */
    public EventMetadata withSequence(long position) {
        return with(position, context(correlationId, causationId), dedupKey);
    }

    /** Returns the same metadata with another deduplication key. */
    public EventMetadata withDedupKey(@Nullable String key) {
        return with(sequence, context(correlationId, causationId), key);
    }

    /** Returns the metadata that the same event has if it is published in {@code context}. */
    public EventMetadata within(EventContext context) {
        return with(sequence, context, dedupKey);
    }

    /** Returns the context of what this event causes. */
    public EventContext toContext() {
        return context(correlationId, publishedId);
    }

    private EventContext context(String correlation, String causation) {
        return new EventContext(correlation, causation, intent, tenantId, priority, deadline, traceparent, tracestate);
    }

    private EventMetadata with(long position, EventContext context, @Nullable String key) {
        var correlation = context.correlationId() == null ? subject : context.correlationId();
        return new EventMetadata(
                id,
                publishedId,
                type,
                source,
                subject,
                time,
                dataContentType,
                dataSchema,
                position,
                correlation,
                context.causationId() == null ? correlation : context.causationId(),
                context.intent(),
                context.tenantId(),
                context.priority(),
                context.deadline(),
                key,
                context.traceparent(),
                context.tracestate());
    }
}
