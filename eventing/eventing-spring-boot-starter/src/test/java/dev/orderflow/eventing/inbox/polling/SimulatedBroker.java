package dev.orderflow.eventing.inbox.polling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Topics, and a consumer group's offsets and assignment, in memory. The test controls every step. Thread-safe. */
public class SimulatedBroker {

    public static final int PARTITIONS = 2;

    private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> logs =
            new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, Integer> owners = new HashMap<>();

    public SimulatedBroker(Set<String> topics) {
        for (var topic : new TreeSet<>(topics)) {
            IntStream.range(0, PARTITIONS)
                    .forEach(number -> logs.put(new TopicPartition(topic, number), new ArrayList<>()));
        }
    }

    public synchronized void append(
            String topic, @Nullable String key, Iterable<Header> headers, byte @Nullable [] value) {
        var partition = new TopicPartition(topic, Math.floorMod(key == null ? 0 : key.hashCode(), PARTITIONS));
        var log = logs.get(partition);
        if (log != null) {
            log.add(record(partition, log.size(), key, headers, value));
        }
    }

    /** Takes an offset without a record, as the marker of a transaction does. */
    synchronized void skip(TopicPartition partition) {
        logs.get(partition).add(null);
    }

    /** Deletes a record, as retention does. */
    synchronized void delete(TopicPartition partition, int offset) {
        logs.get(partition).set(offset, null);
    }

    /** Returns the records at up to {@code limit} offsets. */
    public synchronized List<ConsumerRecord<String, byte[]>> read(TopicPartition partition, long position, int limit) {
        var log = logs.get(partition);
        var from = (int) Math.min(position, log.size());
        return log.subList(from, Math.min(from + limit, log.size())).stream()
                .filter(Objects::nonNull)
                .toList();
    }

    public synchronized long end(TopicPartition partition) {
        return logs.get(partition).size();
    }

    public synchronized List<TopicPartition> partitions() {
        return List.copyOf(logs.keySet());
    }

    public synchronized void assign(TopicPartition partition, int member) {
        owners.put(partition, member);
    }

    public synchronized boolean isOwner(TopicPartition partition, int member) {
        return owners.getOrDefault(partition, 0) == member;
    }

    /** Commits an offset. Rejected, like by a real broker, when the partition belongs to another member by now. */
    public synchronized void commit(TopicPartition partition, long offset, int member) {
        if (isOwner(partition, member)) {
            committed.put(partition, offset);
        }
    }

    public synchronized long committed(TopicPartition partition) {
        return committed.getOrDefault(partition, 0L);
    }

    private static ConsumerRecord<String, byte[]> record(
            TopicPartition partition, long offset, @Nullable String key, Iterable<Header> headers, byte[] value) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                key == null ? 0 : key.length(),
                value == null ? 0 : value.length,
                key,
                value,
                new RecordHeaders(headers),
                Optional.empty());
    }
}
