package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.wire.LogText;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Consumes the topics where events are published. After an outage a partition is read again from the first event that could not
 * be consumed; the other partitions continue.
 */
class SourceTopicConsumer implements TopicConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(SourceTopicConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POLL_WHILE_RESTING = Duration.ofMillis(50);

    private final Set<String> topics;
    private final BatchConsumer batches;
    private final PartitionPauses pauses = new PartitionPauses();

    SourceTopicConsumer(Set<String> topics, BatchConsumer batches) {
        this.topics = Set.copyOf(topics);
        this.batches = batches;
    }

    @Override
    public Set<String> topics() {
        return topics;
    }

    @Override
    public Set<TopicPartition> resting(Set<TopicPartition> assigned) {
        return pauses.resting(assigned);
    }

    @Override
    public Duration longestPoll() {
        return pauses.isEmpty() ? POLL : POLL_WHILE_RESTING;
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> consume(
            Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records, boolean mayHandle)
            throws InterruptedException {
        if (records.isEmpty()) {
            return Map.of();
        }
        var outcome = batches.consume(records);
        var next = new HashMap<>(records.nextOffsets());
        firstWaiting(outcome).forEach((partition, offset) -> {
            consumer.seek(partition, offset);
            pauses.pause(partition);
            next.put(partition, new OffsetAndMetadata(offset));
            logInterruption(partition, offset, outcome);
        });
        return next;
    }

    static void logInterruption(TopicPartition partition, long offset, BatchConsumer.Outcome outcome) {
        LOG.warn(
                "consumption=interrupted from={}@{} cause={}",
                partition,
                offset,
                LogText.of(NestedExceptionUtils.getMostSpecificCause(outcome.cause())));
    }

    /** Returns the first record of each partition that has to be consumed again. */
    static Map<TopicPartition, Long> firstWaiting(BatchConsumer.Outcome outcome) {
        var offsets = new HashMap<TopicPartition, Long>();
        outcome.waiting().forEach(place -> offsets.merge(place.partition(), place.offset(), Math::min));
        return offsets;
    }
}
