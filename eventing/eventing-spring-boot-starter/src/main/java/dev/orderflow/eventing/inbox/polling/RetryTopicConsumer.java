package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.retry.RetryTopics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Consumes each record of the retry topics when it is due. A record that is not due waits in memory and blocks neither the thread
 * nor the records behind it. When too many records of a topic wait, reading that topic pauses. Records that become due shortly
 * after one another are gathered, so that they share a transaction.
 */
class RetryTopicConsumer implements TopicConsumer {

    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(1);
    private static final Duration LONGEST_CREATION = Duration.ofSeconds(10);
    private static final Duration CREATION_POLL = Duration.ofMillis(20);

    private final RetryTopics topics;
    private final BatchConsumer batches;
    private final int maxBatch;
    private final Duration gathering;
    private final Duration longestWait;
    private final Clock clock;
    private final WaitingRecords waiting = new WaitingRecords();
    private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
    private Instant restUntil = Instant.MIN;

    /**
     * @param gathering   minimum time between two batches. A record may be late by this time plus a {@link GroupMember}'s pause
     * @param longestWait maximum delay of a record after it was read
     */
    RetryTopicConsumer(
            RetryTopics topics,
            BatchConsumer batches,
            int maxBatch,
            Duration gathering,
            Duration longestWait,
            Clock clock) {
        this.longestWait = longestWait;
        this.topics = topics;
        this.batches = batches;
        this.maxBatch = maxBatch;
        this.gathering = gathering;
        this.clock = clock;
    }

    @Override
    public Set<String> topics() {
        return topics.retries();
    }

    /**
     * Subscribes to all levels that exist, because other instances or earlier versions may have more than this one. Waits for a
     * topic that was just created: if it is missing from the first metadata, the consumer ignores it until the metadata is
     * refreshed.
     */
    @Override
    public void subscribe(Consumer<?, ?> consumer) {
        var end = System.nanoTime() + LONGEST_CREATION.toNanos();
        for (var topic : topics.retries()) {
            while (consumer.partitionsFor(topic).isEmpty() && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(CREATION_POLL.toNanos());
            }
        }
        consumer.subscribe(topics.pattern());
    }

    @Override
    public Set<TopicPartition> resting(Set<TopicPartition> assigned) {
        waiting.retain(assigned);
        return assigned.stream()
                .filter(partition -> waiting.isFull(partition.topic()))
                .collect(Collectors.toSet());
    }

    @Override
    public Duration longestPoll() {
        var now = clock.instant();
        return waiting.nextDue()
                .map(due -> Duration.between(now, due.isBefore(restUntil) ? restUntil : due))
                .filter(pause -> pause.compareTo(LONGEST_POLL) < 0)
                .map(pause -> pause.compareTo(SHORTEST_POLL) < 0 ? SHORTEST_POLL : pause)
                .orElse(LONGEST_POLL);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> consume(
            Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records, boolean mayHandle)
            throws InterruptedException {
        waiting.retain(consumer.assignment());
        var latest = clock.instant().plus(longestWait);
        records.forEach(message -> waiting.add(message, latest));
        waiting.readTo(records.nextOffsets());
        var now = clock.instant();
        if (mayHandle && !now.isBefore(restUntil)) {
            handleDue(now);
        }
        var offsets = waiting.offsets();
        var changed = new HashMap<>(offsets);
        changed.entrySet().removeAll(committed.entrySet());
        committed = offsets;
        return changed;
    }

    private void handleDue(Instant now) throws InterruptedException {
        var due = waiting.due(now, maxBatch);
        if (due.isEmpty()) {
            return;
        }
        var outcome = batches.consume(due);
        var again = outcome.waiting();
        due.stream()
                .filter(message -> !again.contains(BatchConsumer.Position.of(message)))
                .forEach(waiting::done);
        restUntil = clock.instant().plus(again.isEmpty() ? gathering : PartitionPauses.PAUSE);
    }
}
