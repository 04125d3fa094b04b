package dev.orderflow.hub.timeline;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of an event.
 *
 * @param consumer group on whose topic a copy is; null for a record on the event's own topic
 */
record TimelineSighting(
        UUID eventId,
        long sourceKey,
        String topic,
        int partition,
        long offset,
        Instant recordTime,
        String kind,
        @Nullable String consumer,
        @Nullable Integer hop,
        @Nullable Instant dueAt,
        @Nullable String handler,
        @Nullable String exception) {}
