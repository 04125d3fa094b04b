package dev.orderflow.eventing.inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Partition and offset of a record. */
record RecordPlace(TopicPartition partition, long offset) {

    static RecordPlace of(ConsumerRecord<?, ?> message) {
        return new RecordPlace(new TopicPartition(message.topic(), message.partition()), message.offset());
    }

    static RecordPlace of(Received received) {
        return new RecordPlace(
                received.arrival().partition(), received.arrival().offset());
    }
}
