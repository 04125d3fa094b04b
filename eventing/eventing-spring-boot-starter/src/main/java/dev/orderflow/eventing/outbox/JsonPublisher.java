package dev.orderflow.eventing.outbox;

import java.util.List;
import org.apache.kafka.common.header.Header;

/** Publishes events whose data is JSON already, so that no record class is needed. */
public interface JsonPublisher {

    /**
     * Adds {@code event} to the current transaction, under a new id and in the current
     * {@link dev.orderflow.eventing.EventContext}, as {@link dev.orderflow.eventing.EventPublisher#publish} does.
     *
     * @throws IllegalStateException    as there
     * @throws IllegalArgumentException if the key is blank or too long, or the data is too large or violates the schema of its
     *                                  type
     */
    void publish(JsonEvent event);

    /**
     * @param extensions headers beside the attributes that this starter sets
     * @param data       JSON; not copied
     */
    record JsonEvent(String topic, String type, String key, List<Header> extensions, byte[] data) {}
}
