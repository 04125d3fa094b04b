package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.outbox.Buckets;

/** A stream whose events may be parked. */
record ParkedKey(String topic, String key) {

    static ParkedKey of(OutboxRow row) {
        return new ParkedKey(row.topic(), new String(row.key(), UTF_8));
    }

    int bucket() {
        return Buckets.of(topic, key);
    }
}
