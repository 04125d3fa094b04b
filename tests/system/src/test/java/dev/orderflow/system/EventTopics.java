package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The suite's topics, read by a client that belongs to none of its consumer groups. */
final class EventTopics implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    EventTopics(String bootstrapServers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        this.consumer = consumer(bootstrapServers);
        this.producer = new KafkaProducer<>(
                producerSettings(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        this.admin = Admin.create(settings);
    }

    /** {@return a consumer of no group, for reading what is on topics now} */
    static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        // A fetch that waits at the broker for the next record would delay the next request.
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", 10),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** {@return settings of a producer that has one request in flight, so that no record stays refused behind a later one} */
    static Map<String, Object> producerSettings(String bootstrapServers) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "max.in.flight.requests.per.connection",
                1,
                "compression.type",
                "lz4");
    }

    /** {@return the number of records in all topics} */
    long size() {
        return ends(Service.TOPICS).values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Appends a copy of each record, with its key and headers, to the same partition and returns the number of copies.
     */
    long publishAllAgain() {
        var records = read(ends(Service.TOPICS));
        append(records);
        assertThat(size()).as("all copies have arrived").isGreaterThanOrEqualTo(2L * records.size());
        return records.size();
    }

    /** Appends a copy of each record of {@code topic} with {@code key}, like {@link #publishAllAgain()}. */
    void publishAgain(String topic, UUID key) {
        append(records(topic, key));
    }

    /** Appends a copy of each record with one of {@code keys}, in all topics, like {@link #publishAllAgain()}. */
    void publishAgain(Set<String> keys) {
        append(records(Service.TOPICS, keys));
    }

    /** {@return the records of {@code topic} that have {@code key}} */
    List<ConsumerRecord<byte[], byte[]>> records(String topic, UUID key) {
        return records(List.of(topic), Set.of(key.toString()));
    }

    /** {@return the records of {@code topics} that have one of {@code keys}} */
    List<ConsumerRecord<byte[], byte[]>> records(List<String> topics, Set<String> keys) {
        return read(ends(topics)).stream()
                .filter(record -> record.key() != null && keys.contains(new String(record.key(), UTF_8)))
                .toList();
    }

    /** {@return the ids of the events of {@code topic} that have {@code key}} */
    Set<String> ids(String topic, String key) {
        return records(List.of(topic), Set.of(key)).stream()
                .map(record -> new String(record.headers().lastHeader("ce_id").value(), UTF_8))
                .collect(toSet());
    }

    /** Appends a record, like any client that may write to its topic. */
    void append(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
        producer.flush();
    }

    private void append(List<ConsumerRecord<byte[], byte[]>> records) {
        for (var record : records) {
            producer.send(new ProducerRecord<>(
                    record.topic(), record.partition(), record.key(), record.value(), record.headers()));
        }
        producer.flush();
    }

    /** Waits until every consumer group has consumed all events. */
    void awaitConsumed() {
        for (var service : Service.values()) {
            Service.TOPICS.stream().filter(service::reads).forEach(topic -> awaitConsumed(service.group(), topic));
        }
    }

    /** Waits until {@code group} has consumed all records of {@code topic}. */
    void awaitConsumed(String group, String topic) {
        Eventually.await()
                .untilAsserted(() -> assertThat(lag(group, topic))
                        .as("records of %s that %s has not consumed", topic, group)
                        .isZero());
    }

    /** Returns the number of records of {@code topic} after the committed offsets of {@code group}. */
    long lag(String group, String topic) {
        var committed = committed(group);
        return ends(List.of(topic)).entrySet().stream()
                .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    /** Returns the number of records of {@code topic} that have {@code key}. */
    long count(String topic, UUID key) {
        return records(topic, key).size();
    }

    /** {@return the number of records of {@code topic}} */
    long size(String topic) {
        return ends(List.of(topic)).values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
        admin.close();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Map<TopicPartition, Long> ends) {
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        while (ends.keySet().stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    private Map<TopicPartition, Long> ends(List<String> topics) {
        var partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        return consumer.endOffsets(partitions);
    }

    private Map<TopicPartition, Long> committed(String group) {
        try {
            var offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return offsets.entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
