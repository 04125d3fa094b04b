package dev.orderflow.eventing.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics without being a member of a consumer group. Keeps its consumer between reads: opening one takes longer than
 * reading a test's records, and tests read repeatedly until a condition holds. Thread-safe.
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> settings;
    private @Nullable Consumer<String, byte[]> consumer;

    public TopicReader(String bootstrapServers) {
        settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                // A fetch that waits at the broker for the next record would delay the next read.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                10);
    }

    /**
     * Returns all records that are on {@code topic} now, in order within each partition; none if there is no such topic. Tests
     * repeat it until a condition holds: {@code await().until(() -> topics.read("order-events").size() == 3)}.
     */
    public synchronized List<ConsumerRecord<String, byte[]>> read(String topic) {
        try {
            return read(opened(), topic);
        } catch (KafkaException e) {
            close(); // Its metadata of the cluster may be the cause.
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        var closing = consumer;
        consumer = null;
        if (closing != null) {
            closing.close();
        }
    }

    private static List<ConsumerRecord<String, byte[]>> read(Consumer<String, byte[]> consumer, String topic) {
        var partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(POLL).forEach(records::add);
        }
        consumer.unsubscribe();
        return records;
    }

    private Consumer<String, byte[]> opened() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        }
        return consumer;
    }
}
