package dev.orderflow.eventing.outbox;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Sends records that are no events of this service, such as one on its way to a retry topic, through its outbox. */
public interface RecordForwarder {

    /**
     * Sends a record as it is if the current transaction commits. Records of one key on one topic leave in the order of
     * their transactions, and within a transaction in the order of the calls.
     *
     * @param key  at most 200 characters
     * @param type what kind of record it is, for whoever reads the outbox
     * @throws IllegalStateException without a transaction
     */
    void forward(String topic, String key, String type, Headers headers, byte @Nullable [] payload);
}
