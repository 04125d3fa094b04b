package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.inbox.polling.LaneSource.Lane;
import dev.orderflow.eventing.wire.LogText;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Consumes the topics where events are published, within limits. After an outage a partition is read again from the first event that
 * could not be consumed; the other partitions continue.
 * <p>
 * Records over a limit wait in their partition, which is read at two places in turn. At its frontier, records are handled unless
 * they are over a limit, or their key or lane has a waiting record. Whenever a limit permits, reading goes back to the first waiting
 * record, and handles waiting records in their order up to the first that is over its limit. So a flood costs the other records
 * only the time to read past it.
 * <p>
 * The committed offset is that of the first waiting record. After a crash or a rebalance all records from there on are read again,
 * and the inbox recognizes those that were handled.
 */
class SourceTopicConsumer implements TopicConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(SourceTopicConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POLL_WHILE_WAITING = Duration.ofMillis(20);

    /** A seventh of what a backlog's filter can hold, so that it is not full before. */
    private static final int CROWD = 50_000;

    private final int crowd;
    private final Set<String> topics;
    private final BatchConsumer batches;
    private final Lanes lanes;
    private final LongSupplier nanoTime;
    private final PartitionPauses pauses = new PartitionPauses();
    private final Map<TopicPartition, Backlog> backlogs = new HashMap<>();

    SourceTopicConsumer(Set<String> topics, BatchConsumer batches, Lanes lanes, LongSupplier nanoTime) {
        this(topics, batches, lanes, nanoTime, CROWD);
    }

    /** @param crowd records of a partition that may be read past before limits that crowds lift are lifted */
    SourceTopicConsumer(Set<String> topics, BatchConsumer batches, Lanes lanes, LongSupplier nanoTime, int crowd) {
        this.crowd = crowd;
        this.topics = Set.copyOf(topics);
        this.batches = batches;
        this.lanes = lanes;
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
        follow(consumer, records.partitions());
        var next = new HashMap<>(records.nextOffsets());
        var admitted = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var partition : records.partitions()) {
            var position = Objects.requireNonNull(next.get(partition)).offset();
            admit(partition, records.records(partition), position, admitted);
        }
        if (!admitted.isEmpty()) {
            var outcome = batches.consume(admitted);
            firstWaiting(outcome).forEach((partition, offset) -> {
                next.put(partition, new OffsetAndMetadata(offset));
                interrupted(partition, offset, behind.get(partition), consumer);
                logInterruption(partition, offset, outcome);
            });
        }
        endRound(consumer, next, mayHandle);
        return next;
    }

    /** Returns the backlogs of which waiting records are read. The round may replace them. */
    private Map<TopicPartition, Backlog> beginRound() {
        var behind = new HashMap<TopicPartition, Backlog>();
        backlogs.forEach((partition, backlog) -> {
            if (backlog.isBehind()) {
                behind.put(partition, backlog);
            } else {
                backlog.polled();
            }
        });
        return behind;
    }

    /**
     * Follows positions that moved though no record was read: past markers of transactions, or to where a lost offset was reset. A
     * later seek to the former place would only repeat the move.
     */
    private void follow(Consumer<String, byte[]> consumer, Set<TopicPartition> read) {
        for (var partition : Set.copyOf(backlogs.keySet())) {
            var backlog = Objects.requireNonNull(backlogs.get(partition));
            var position = read.contains(partition) ? backlog.expected() : consumer.position(partition);
            if (position < backlog.expected()) {
                backlogs.remove(partition);
            } else if (position > backlog.expected()) {
                reportLoss(partition, backlog, position);
                readTo(partition, backlog, position);
            }
        }
    }

    private void readTo(TopicPartition partition, Backlog backlog, long position) {
        backlog.readTo(position, nanoTime.getAsLong());
        if (backlog.first() >= backlog.frontier()) {
            backlogs.remove(partition);
        }
    }

    /** Reports that the topic has deleted waiting records, the first of which would be read now. */
    private void reportLoss(TopicPartition partition, Backlog backlog, long found) {
        if (backlog.isLostAt(found)) {
            LOG.error(
                    "event=lost from={}@{} to={} reason=\"deleted by the topic's retention while waiting for a limit\"",
                    partition,
                    backlog.first(),
                    found);
            lanes.lost();
        }
    }

    /** Decides where each partition with waiting records is read next, and that they are read again after a crash. */
    private void endRound(
            Consumer<String, byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> next, boolean mayHandle) {
        var now = nanoTime.getAsLong();
        backlogs.forEach((partition, backlog) -> {
            if (backlog.isTurnOver(now)) {
                backlog.leave();
            } else if (mayHandle) {
                backlog.turn();
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
        } else if (known != null) {
            reportLoss(partition, known, records.getFirst().offset());
        }
        for (var message : records) {
            var backlog = backlogs.get(partition);
            if (backlog != null && backlog.isBehind() && message.offset() >= backlog.frontier()) {
                backlogs.remove(partition);
                backlog = null;
            }
            var lane = lanes.laneOf(message);
            if (backlog != null && backlog.isBehind()) {
                if (!backlog.mayHold(message.key())) {
                    continue;
                }
                if (lane != null && !backlog.acquire(lane)) {
                    backlog.stopAt(message.offset(), lane);
                    return;
                }
                admitted.add(message);
            } else if (backlog != null && backlog.holdsKey(message.key()) && !backlog.holdsLane(lane)) {
                // It waits for its key only, which delays no other key of its lane.
                continue;
            } else if (lane != null && (backlog != null && backlog.holdsLane(lane) || !lane.acquire())) {
                wait(partition, message, lane);
            } else {
                admitted.add(message);
            }
        }
        var backlog = backlogs.get(partition);
        if (backlog != null) {
            readTo(partition, backlog, position);
        }
    }

    private void wait(TopicPartition partition, ConsumerRecord<String, byte[]> message, Lane lane) {
        backlogs.computeIfAbsent(partition, first -> new Backlog(message.offset(), lane, crowd))
                .add(message.key(), lane);
        lane.postponed();
    }

    /**
     * Lets the records of a partition from {@code offset} on be read again, after an outage.
     *
     * @param behind the backlog that was read behind at the round's beginning; only its filter knows the records that were read there
     */
    private void interrupted(
            TopicPartition partition, long offset, @Nullable Backlog behind, Consumer<String, byte[]> consumer) {
        pauses.pause(partition);
        var backlog = backlogs.get(partition);
        if (backlog != null && backlog == behind && offset < backlog.frontier()) {
            backlog.returnTo(offset);
        } else if (backlog != null && backlog.first() < offset) {
            backlog.returnFrontierTo(offset);
        } else {
            backlogs.remove(partition);
            consumer.seek(partition, offset);
        }
    }

    private static void logInterruption(TopicPartition partition, long offset, BatchConsumer.Outcome outcome) {
        LOG.warn(
                "consumption=interrupted from={}@{} cause={}",
                partition,
                offset,
                LogText.of(NestedExceptionUtils.getMostSpecificCause(outcome.cause())));
    }

    /** Returns the first record of each partition that has to be consumed again. */
    private static Map<TopicPartition, Long> firstWaiting(BatchConsumer.Outcome outcome) {
        var offsets = new HashMap<TopicPartition, Long>();
        outcome.waiting().forEach(place -> offsets.merge(place.partition(), place.offset(), Math::min));
        return offsets;
    }
}
