package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.retry.ConsumedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of retry topics that were read and are not due yet. They wait in memory, so that a record that is not due does not
 * block the records behind it.
 * <p>
 * Records may complete in any order. A partition's offset advances to the first incomplete record. Records behind it are read
 * again after a restart, and consumed ones are recognized as copies. Not thread-safe.
 */
class WaitingRecords {

    /**
     * Limits of the waiting records of a topic, beyond which reading it pauses: 2 000 records, or 4 MiB of data with their keys
     * and headers. Each topic has its own limits, so that a topic with a long delay does not prevent reading a topic with a short
     * one.
     */
    private static final int MOST_RECORDS = 2_000;

    private static final long MOST_BYTES = 4L << 20;

    /** Overhead of a header beside its name and value, in bytes. */
    private static final int HEADER = 64;

    private static final Comparator<Waiting> BY_DUE = Comparator.comparing(Waiting::due)
            .thenComparing(waiting -> waiting.message().topic())
            .thenComparing(waiting -> waiting.message().partition())
            .thenComparing(waiting -> waiting.message().offset());

    private final TreeSet<Waiting> byDue = new TreeSet<>(BY_DUE);
    private final Map<TopicPartition, NavigableMap<Long, Waiting>> unfinished = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    private final Map<String, Load> loads = new HashMap<>();

    private record Load(int records, long bytes) {

        private static final Load NONE = new Load(0, 0);

        Load plus(int moreRecords, long moreBytes) {
            return new Load(records + moreRecords, bytes + moreBytes);
        }
    }

    private record Waiting(ConsumerRecord<String, byte[]> message, Instant due, int size) {

        private static Waiting of(ConsumerRecord<String, byte[]> message, Instant latest) {
            var due = ConsumedRecord.dueOf(message);
            return new Waiting(message, due.isAfter(latest) ? Instant.EPOCH : due, sizeOf(message));
        }

        private static int sizeOf(ConsumerRecord<String, byte[]> message) {
            var size = Math.max(0, message.serializedValueSize()) + Math.max(0, message.serializedKeySize());
            for (var header : message.headers()) {
                size += HEADER + header.key().length() + (header.value() == null ? 0 : header.value().length);
            }
            return size;
        }

        TopicPartition partition() {
            return new TopicPartition(message.topic(), message.partition());
        }
    }

    void add(ConsumerRecord<String, byte[]> message) {
        add(message, Instant.MAX);
    }

    /** Adds a record. A due time later than {@code latest} counts as due now, since no instance of this application wrote it. */
    void add(ConsumerRecord<String, byte[]> message, Instant latest) {
        var waiting = Waiting.of(message, latest);
        var known = unfinished
                .computeIfAbsent(waiting.partition(), partition -> new TreeMap<>())
                .putIfAbsent(message.offset(), waiting);
        if (known == null) {
            byDue.add(waiting);
            loads.merge(message.topic(), new Load(1, waiting.size()), (load, one) -> load.plus(1, one.bytes()));
        }
    }

    /** Sets the offsets up to which all records were read. */
    void readTo(Map<TopicPartition, OffsetAndMetadata> next) {
        positions.putAll(next);
    }

    boolean isFull(String topic) {
        var load = loads.getOrDefault(topic, Load.NONE);
        return load.records() >= MOST_RECORDS || load.bytes() >= MOST_BYTES;
    }

    Optional<Instant> nextDue() {
        return byDue.isEmpty() ? Optional.empty() : Optional.of(byDue.getFirst().due());
    }

    /** Returns at most {@code limit} records that are due, the earliest first. */
    List<ConsumerRecord<String, byte[]>> due(Instant now, int limit) {
        return byDue.stream()
                .takeWhile(waiting -> !waiting.due().isAfter(now))
                .limit(limit)
                .map(Waiting::message)
                .toList();
    }

    void done(ConsumerRecord<String, byte[]> message) {
        var partition = new TopicPartition(message.topic(), message.partition());
        var ofPartition = unfinished.getOrDefault(partition, new TreeMap<>());
        var waiting = ofPartition.remove(message.offset());
        if (waiting != null) {
            forget(waiting);
        }
    }

    /** Forgets the records of partitions that are assigned to another member now. */
    void retain(Set<TopicPartition> assigned) {
        positions.keySet().retainAll(assigned);
        var lost = new ArrayList<>(unfinished.keySet());
        lost.removeAll(assigned);
        lost.forEach(partition -> unfinished.remove(partition).values().forEach(this::forget));
    }

    /** Returns the offset from which each partition has to be read after a restart. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        var offsets = new HashMap<>(positions);
        unfinished.forEach((partition, waiting) -> {
            if (!waiting.isEmpty()) {
                offsets.put(partition, new OffsetAndMetadata(waiting.firstKey()));
            }
        });
        return offsets;
    }

    private void forget(Waiting waiting) {
        byDue.remove(waiting);
        loads.computeIfPresent(waiting.message().topic(), (topic, load) -> load.plus(-1, -waiting.size()));
    }
}
