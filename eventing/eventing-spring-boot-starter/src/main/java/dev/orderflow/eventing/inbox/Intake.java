package dev.orderflow.eventing.inbox;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a {@link GroupMember} does with what it polls. Used by its thread alone. */
interface Intake {

    Set<String> topics();

    /** Has {@code consumer} read the topics. */
    default void subscribe(Consumer<?, ?> consumer) {
        consumer.subscribe(topics());
    }

    /** Those of {@code assigned} that must not be read now. What is remembered of others can be forgotten. */
    Set<TopicPartition> resting(Set<TopicPartition> assigned);

    /** So long the next poll may wait for records. */
    Duration longestPoll();

    /**
     * Takes in records, possibly none.
     *
     * @param mayHandle whether all that is needed for handling is there
     * @return from where on records have to be read again if this process dies; may be empty
     */
    Map<TopicPartition, OffsetAndMetadata> take(
            Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records, boolean mayHandle)
            throws InterruptedException;
}
