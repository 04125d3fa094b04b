package dev.orderflow.eventing.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written to the outbox. Its sequence number is assigned when it is written.
 *
 * @param eventId   the id of an event of this service, or a new id for a forwarded record; its first bits determine the partition
 * @param forwarded whether the record is forwarded rather than an event of this service. A forwarded record has all its
 *                  {@code headers}; an event has only those that cannot be derived from the other columns
 * @param headers   in the format of {@link dev.orderflow.eventing.wire.StoredHeaders}
 */
record NewOutboxRow(
        UUID eventId,
        String topic,
        String key,
        String type,
        Instant time,
        boolean forwarded,
        byte[] headers,
        byte @Nullable [] payload) {

    int bucket() {
        return Buckets.of(topic, key);
    }
}
