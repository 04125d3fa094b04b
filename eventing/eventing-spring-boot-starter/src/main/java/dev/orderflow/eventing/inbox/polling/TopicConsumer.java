package dev.orderflow.eventing.inbox.polling;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Consumes the records that a {@link GroupMember} polls. Only its thread calls it. */
interface TopicConsumer {

    Set<String> topics();

    /** Subscribes {@code consumer} to the topics. */
    default void subscribe(Consumer<?, ?> consumer) {
        consumer.subscribe(topics());
    }

    /** Returns the partitions of {@code assigned} that must not be read now. May drop the state of other partitions. */
    Set<TopicPartition> resting(Set<TopicPartition> assigned);

    /** Longest time that the next poll may wait for records. */
    Duration longestPoll();

    /**
     * Consumes records, possibly none.
     *
     * @param mayHandle whether handling is possible, because all its dependencies are available
     * @return the offsets from which records must be read again if this process crashes; may be empty
     */
    Map<TopicPartition, OffsetAndMetadata> consume(
            Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records, boolean mayHandle)
            throws InterruptedException;
}
