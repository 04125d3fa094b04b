package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;
import org.apache.kafka.common.TopicPartition;

/** An event as it came from the broker, decoded, with the handler that is to take it in. */
public record Delivery(
        TopicPartition partition, long offset, EventMetadata metadata, DomainEvent event, HandlerMethod handler) {

    Stream stream() {
        return new Stream(partition.topic(), metadata.subject());
    }

    /** The events of one key on one topic, whose order must be kept. */
    public record Stream(String topic, String key) {}
}
