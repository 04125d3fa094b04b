package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.inbox.limit.TenantLimits;
import dev.orderflow.eventing.inbox.limit.TenantLimits.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Consumes the topics where events are published, within the rate limits of tenants.
 * <p>
 * Records over a limit wait in their partition, which is read at two places in turn. At its frontier, records are handled unless
 * they are over a limit, or their key or lane has a waiting record. Whenever a limit permits, reading goes back to the first waiting
 * record, and handles waiting records in their order up to the first that is over its limit. So a tenant's flood costs the others
 * only the time to read past it.
 * <p>
 * The committed offset is that of the first waiting record. After a crash or a rebalance all records from there on are read again,
 * and the inbox recognizes those that were handled.
 */
class LimitedTopicConsumer implements TopicConsumer {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POLL_WHILE_WAITING = Duration.ofMillis(20);

    private final Set<String> topics;
    private final BatchConsumer batches;
    private final TenantLimits limits;
    private final LongSupplier nanoTime;
    private final PartitionPauses pauses = new PartitionPauses();
    private final Map<TopicPartition, Backlog> backlogs = new HashMap<>();

    LimitedTopicConsumer(Set<String> topics, BatchConsumer batches, TenantLimits limits, LongSupplier nanoTime) {
        this.topics = Set.copyOf(topics);
        this.batches = batches;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    @Override
    public Set<String> topics() {
        return topics;
    }

    @Override
    public Set<TopicPartition> resting(Set<TopicPartition> assigned) {
        backlogs.keySet().retainAll(assigned);
        var resting = new HashSet<>(pauses.resting(assigned));
        backlogs.forEach((partition, backlog) -> {
            if (backlog.isFull() && !backlog.isBehind()) {
                resting.add(partition);
            }
        });
        return resting;
    }

    @Override
    public Duration longestPoll() {
        return pauses.isEmpty() && backlogs.isEmpty() ? POLL : POLL_WHILE_WAITING;
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> consume(
            Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records, boolean mayHandle)
            throws InterruptedException {
        backlogs.keySet().retainAll(consumer.assignment());
        var behind = beginRound();
        var next = new HashMap<>(records.nextOffsets());
        var admitted = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var partition : records.partitions()) {
            var position = Objects.requireNonNull(next.get(partition)).offset();
            admit(partition, records.records(partition), position, admitted);
        }
        if (!admitted.isEmpty()) {
            var outcome = batches.consume(admitted);
            SourceTopicConsumer.firstWaiting(outcome).forEach((partition, offset) -> {
                next.put(partition, new OffsetAndMetadata(offset));
                interrupted(partition, offset, behind.contains(partition), consumer);
                SourceTopicConsumer.logInterruption(partition, offset, outcome);
            });
        }
        endRound(consumer, next, mayHandle);
        return next;
    }

    /** Returns the partitions of which waiting records are read. */
    private Set<TopicPartition> beginRound() {
        var behind = new HashSet<TopicPartition>();
        backlogs.forEach((partition, backlog) -> {
            if (backlog.isBehind()) {
                behind.add(partition);
            } else {
                backlog.polled();
            }
        });
        return behind;
    }

    /** Decides where each partition with waiting records is read next, and that they are read again after a crash. */
    private void endRound(
            Consumer<String, byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> next, boolean mayHandle) {
        var now = nanoTime.getAsLong();
        backlogs.forEach((partition, backlog) -> {
            if (backlog.isTurnOver(now)) {
                backlog.leave();
            } else if (mayHandle) {
                backlog.turn(now);
            }
            next.computeIfPresent(partition, (same, position) -> new OffsetAndMetadata(backlog.first()));
            if (consumer.position(partition) != backlog.expected()) {
                consumer.seek(partition, backlog.expected());
            }
        });
    }

    /** Adds the records that may be handled now to {@code admitted}. The others wait, or were handled before. */
    private void admit(
            TopicPartition partition,
            List<ConsumerRecord<String, byte[]>> records,
            long position,
            List<ConsumerRecord<String, byte[]>> admitted) {
        var known = backlogs.get(partition);
        if (known != null && records.getFirst().offset() < known.expected()) {
            // The partition was away for a while. Those that were handled are recognized as copies.
            backlogs.remove(partition);
        }
        for (var message : records) {
            var backlog = backlogs.get(partition);
            if (backlog != null && backlog.isBehind() && message.offset() >= backlog.frontier()) {
                backlogs.remove(partition);
                backlog = null;
            }
            var lane = limits.laneOf(message);
            if (backlog != null && backlog.isBehind()) {
                if (!backlog.holds(message.key(), lane)) {
                    continue;
                }
                if (lane != null && !lane.acquire()) {
                    backlog.stopAt(message.offset(), lane);
                    return;
                }
                admitted.add(message);
            } else if (backlog != null && backlog.holds(message.key(), lane) || lane != null && !lane.acquire()) {
                wait(partition, message, lane);
            } else {
                admitted.add(message);
            }
        }
        var backlog = backlogs.get(partition);
        if (backlog != null) {
            backlog.readTo(position);
            if (backlog.first() >= backlog.frontier()) {
                backlogs.remove(partition);
            }
        }
    }

    private void wait(TopicPartition partition, ConsumerRecord<String, byte[]> message, @Nullable Lane lane) {
        backlogs.computeIfAbsent(partition, first -> new Backlog(message.offset(), Objects.requireNonNull(lane)))
                .add(message.key(), lane);
        if (lane != null) {
            limits.postponed(lane);
        }
    }

    /** Lets the records of a partition from {@code offset} on be read again, after an outage. */
    private void interrupted(
            TopicPartition partition, long offset, boolean wasBehind, Consumer<String, byte[]> consumer) {
        pauses.pause(partition);
        var backlog = backlogs.get(partition);
        if (backlog != null && wasBehind && offset < backlog.frontier()) {
            backlog.returnTo(offset);
        } else if (backlog != null && backlog.first() < offset) {
            backlog.returnFrontierTo(offset);
        } else {
            backlogs.remove(partition);
            consumer.seek(partition, offset);
        }
    }
}
