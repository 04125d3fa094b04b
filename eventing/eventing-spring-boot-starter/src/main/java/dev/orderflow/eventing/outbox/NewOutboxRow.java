package dev.orderflow.eventing.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written to the outbox. Its sequence number is assigned when it is written.
 *
 * @param eventId   the id of an event of this service, or a new id for a forwarded record; its first bits determine the partition
 * @param forwarded whether the record is no event of this service. Its {@code headers} are complete then; otherwise they are only
 *                  those that cannot be derived from the other columns
 * @param headers   as {@link dev.orderflow.eventing.wire.StoredHeaders} writes them
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
