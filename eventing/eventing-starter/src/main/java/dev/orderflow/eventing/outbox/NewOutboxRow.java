package dev.orderflow.eventing.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the outbox. Its sequence number is given when it is written.
 *
 * @param headers null for an event of this service; otherwise the row is a record that is forwarded with these headers
 */
record NewOutboxRow(
        UUID eventId,
        String topic,
        String key,
        String type,
        Instant time,
        String correlationId,
        @Nullable UUID causationId,
        @Nullable String intent,
        @Nullable String traceparent,
        @Nullable String headers,
        byte @Nullable [] payload) {

    /** @param id of the row: today's, since its first bits tell the partition */
    static NewOutboxRow forwarded(
            UUID id, String topic, String key, String type, Instant time, String headers, byte @Nullable [] payload) {
        return new NewOutboxRow(id, topic, key, type, time, key, null, null, null, headers, payload);
    }
}
