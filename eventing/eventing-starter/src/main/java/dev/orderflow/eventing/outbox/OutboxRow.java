package dev.orderflow.eventing.outbox;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A row of the outbox as the relay reads it. */
record OutboxRow(long id, String topic, String key, Iterable<Header> headers, byte @Nullable [] payload) {

    ProducerRecord<String, byte[]> toRecord() {
        return new ProducerRecord<>(topic, null, key, payload, headers);
    }
}
