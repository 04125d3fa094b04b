package dev.orderflow.eventing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of an event.
 *
 * @param id            UUIDv7, unique for ever
 * @param type          see {@link EventType#value()}
 * @param source        the service that published
 * @param subject       the aggregate's id, also the partition key
 * @param time          when the fact happened
 * @param sequence      position in the aggregate's own stream on this topic: 1, 2, 3… without gaps
 * @param correlationId id of the whole flow; the same for all events with the same origin
 * @param causationId   the id of the event that caused this one; null if no event did
 * @param intent        the business purpose, if stated
 * @param traceparent   W3C trace context of the publisher, if there was one
 */
public record EventMetadata(
        UUID id,
        String type,
        String source,
        String subject,
        Instant time,
        long sequence,
        String correlationId,
        @Nullable UUID causationId,
        @Nullable String intent,
        @Nullable String traceparent) {}
