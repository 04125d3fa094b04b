package dev.orderflow.eventing.outbox;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A row of the outbox as the relay reads it: all bytes are those of the record. */
record OutboxRow(long id, String topic, byte[] key, Iterable<Header> headers, byte @Nullable [] payload) {

    /** How much memory it takes, about. */
    int bytes() {
        return 1_000 + (payload == null ? 0 : payload.length);
    }

    ProducerRecord<byte[], byte[]> toRecord() {
        return new ProducerRecord<>(topic, null, key, payload, headers);
    }
}
