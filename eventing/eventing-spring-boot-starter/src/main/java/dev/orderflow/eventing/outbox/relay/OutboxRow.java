package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox as the relay reads it, in the bytes of the record.
 *
 * @param contentBytes stored size of headers and payload
 * @param forwarded    whether it is a record that this application passes on unchanged, rather than one of its events
 */
record OutboxRow(
        long id,
        String topic,
        byte[] key,
        Iterable<Header> headers,
        byte @Nullable [] payload,
        int contentBytes,
        boolean forwarded) {

    /** Approximate memory of a row without its content, in bytes. */
    static final int OVERHEAD = 1_000;

    OutboxRow(long id, String topic, byte[] key, Iterable<Header> headers, byte @Nullable [] payload) {
        this(id, topic, key, headers, payload, payload == null ? 0 : payload.length, false);
    }

    OutboxRow with(Iterable<Header> others) {
        return new OutboxRow(id, topic, key, others, payload, contentBytes, forwarded);
    }

    /** Approximate memory of the row, in bytes. */
    int bytes() {
        return OVERHEAD + contentBytes;
    }

    /** The event's id from its headers; null for a forwarded record that has none. */
    @Nullable
    String eventId() {
        for (var header : headers) {
            if (header.key().equals("ce_id") && header.value() != null) {
                return new String(header.value(), UTF_8);
            }
        }
        return null;
    }

    /** @param timestamp in milliseconds since the epoch; null for the producer's clock */
    ProducerRecord<byte[], byte[]> toRecord(@Nullable Long timestamp) {
        return new ProducerRecord<>(topic, null, timestamp, key, payload, headers);
    }
}
