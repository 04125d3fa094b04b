package dev.orderflow.eventing.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox as the relay reads it: all bytes are those of the record.
 *
 * @param contentBytes of headers and payload, as they are stored
 */
record OutboxRow(
        long id, String topic, byte[] key, Iterable<Header> headers, byte @Nullable [] payload, int contentBytes) {

    /** How much memory a row takes beside its content, about. */
    static final int OVERHEAD = 1_000;

    OutboxRow(long id, String topic, byte[] key, Iterable<Header> headers, byte @Nullable [] payload) {
        this(id, topic, key, headers, payload, payload == null ? 0 : payload.length);
    }

    /** How much memory it takes, about. */
    int bytes() {
        return OVERHEAD + contentBytes;
    }

    /** The event's id as its headers have it; null for a forwarded record that has none. */
    @Nullable
    String eventId() {
        for (var header : headers) {
            if (header.key().equals("ce_id") && header.value() != null) {
                return new String(header.value(), UTF_8);
            }
        }
        return null;
    }

    /** @param timestamp in milliseconds since the epoch; null for that of the producer's clock */
    ProducerRecord<byte[], byte[]> toRecord(@Nullable Long timestamp) {
        return new ProducerRecord<>(topic, null, timestamp, key, payload, headers);
    }
}
