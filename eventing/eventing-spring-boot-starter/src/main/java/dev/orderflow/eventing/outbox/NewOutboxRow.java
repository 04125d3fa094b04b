package dev.orderflow.eventing.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way into the outbox. Its sequence number is given when it is written.
 *
 * @param eventId   of an event of this service its id; of a forwarded record a fresh id of the row, whose first bits tell the
 *                  partition
 * @param forwarded whether the record is no event of this service, and {@code headers} are all it has; otherwise they are those
 *                  that do not follow from the other columns
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
