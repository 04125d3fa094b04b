package dev.orderflow.hub.timeline;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of an order, without its payload.
 *
 * @param id          identity in the store, together with {@code sourceKey}
 * @param publishedId id that effects name as their cause
 * @param time        when the fact happened; null if the publisher does not state it
 * @param recordTime  time of the record that is stored
 */
record TimelineEvent(
        UUID id,
        long sourceKey,
        String publishedId,
        String source,
        String type,
        String key,
        String topic,
        @Nullable Instant time,
        Instant recordTime,
        long sequence,
        String correlationId,
        String causationId) {

    /** Returns when the fact happened, or else when it was recorded. */
    Instant at() {
        return time == null ? recordTime : time;
    }
}
