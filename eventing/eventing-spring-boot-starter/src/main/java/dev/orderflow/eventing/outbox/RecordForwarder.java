package dev.orderflow.eventing.outbox;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Sends records other than this service's events, such as retries, through its outbox. */
public interface RecordForwarder {

    /**
     * Sends a record unchanged if the current transaction commits. Records of one key on one topic are sent in the order of
     * their transactions, and within a transaction in the order of the calls.
     *
     * @param key  at most 200 characters
     * @param type kind of the record, for readers of the outbox
     * @throws IllegalStateException without a transaction
     */
    void forward(String topic, String key, String type, Headers headers, byte @Nullable [] payload);
}
