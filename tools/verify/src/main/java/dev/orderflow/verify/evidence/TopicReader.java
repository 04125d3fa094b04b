package dev.orderflow.verify.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the topics from their beginnings and continues at each call. Joins no consumer group. Not thread-safe. */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Share share;
    private final Map<String, String> broker;
    private final KafkaConsumer<String, byte[]> consumer;
    private final StreamOrder order = new StreamOrder();
    private final Set<Place> strangers = new HashSet<>();
    private final Map<TopicPartition, Long> beginnings = new HashMap<>();
    private final Map<TopicPartition, Instant> oldest = new HashMap<>();

    /**
     * Creates a reader.
     *
     * @param share the records to keep
     */
    TopicReader(Map<String, String> broker, Share share) {
        this.share = share;
        this.broker = broker;
        var properties = new HashMap<String, Object>(Map.of(
                "default.api.timeout.ms", "10000",
                "request.timeout.ms", "8000",
                "max.poll.records", "10000",
                "fetch.max.bytes", "16000000",
                // A fetch that waits at the broker for the next record would delay the next request.
                "fetch.max.wait.ms", "10",
                "enable.auto.commit", "false",
                "allow.auto.create.topics", "false"));
        properties.putAll(broker);
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Adds the present records of the topics to {@code ledger}. */
    void readTo(EventLedger ledger) {
        try {
            assignNew();
            var ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> read(record, ledger));
            }
        } catch (KafkaException e) {
            throw away(broker, e);
        }
    }

    /** {@return the number of records} */
    long size() {
        try {
            assignNew();
            var ends = consumer.endOffsets(consumer.assignment());
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - beginnings.getOrDefault(end.getKey(), 0L))
                    .sum();
        } catch (KafkaException e) {
            throw away(broker, e);
        }
    }

    StreamOrder order() {
        return order;
    }

    /** {@return the places of records that are not events} */
    Set<Place> strangers() {
        return Collections.unmodifiableSet(strangers);
    }

    /** Returns the time up to which retention may have removed events from the key's partition; null if none was removed. */
    @Nullable
    Instant removedUpTo(String topic, String key) {
        var partitions = (int) beginnings.keySet().stream()
                .filter(partition -> partition.topic().equals(topic))
                .count();
        if (partitions == 0) {
            return null;
        }
        var partition = new TopicPartition(topic, partitionOf(key, partitions));
        return beginnings.getOrDefault(partition, 0L) == 0 ? null : oldest.getOrDefault(partition, Instant.MAX);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void assignNew() {
        var partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> Service.TOPICS.contains(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(toSet());
        beginnings.putAll(consumer.beginningOffsets(partitions));
        var added = new HashSet<>(partitions);
        added.removeAll(consumer.assignment());
        if (!added.isEmpty()) {
            consumer.assign(partitions);
            consumer.seekToBeginning(added);
        }
    }

    private void read(ConsumerRecord<String, byte[]> record, EventLedger ledger) {
        var partition = new TopicPartition(record.topic(), record.partition());
        try {
            var id = idOf(record);
            var sequence = Long.parseLong(header(record, "ce_sequence"));
            var key = String.valueOf(record.key());
            var type = header(record, "ce_type");
            oldest.putIfAbsent(partition, EventLedger.timeOf(id));
            if (!share.has(key)) {
                return;
            }
            if (ledger.appeared(id, record.topic(), key, type, sequence, record.partition(), record.offset())) {
                var beginningGone = beginnings.getOrDefault(partition, 0L) > 0;
                order.appeared(record.topic(), key, ledger.keyNumber(key), sequence, beginningGone);
            } else {
                order.redelivered();
            }
        } catch (IllegalArgumentException e) {
            var place = new Place(record.topic(), record.partition(), record.offset());
            if (share.has(place.toString())) {
                strangers.add(place);
            }
        }
    }

    /** Returns the id under which inboxes remember an event: any but a UUIDv7 is unique within its source only. */
    private static UUID idOf(ConsumerRecord<String, byte[]> record) {
        var id = UUID.fromString(header(record, "ce_id"));
        return id.version() == 7
                ? id
                : UUID.nameUUIDFromBytes((header(record, "ce_source") + "\n" + id).getBytes(UTF_8));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return new String(header.value(), UTF_8);
    }

    /** Returns the partition that Kafka's default partitioner chooses. */
    private static int partitionOf(String key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), partitions);
    }

    static SourceAwayException away(Map<String, String> broker, Throwable cause) {
        return new SourceAwayException(
                "Kafka does not respond at " + broker.get("bootstrap.servers") + "; start it with ./demo start kafka",
                cause);
    }
}
