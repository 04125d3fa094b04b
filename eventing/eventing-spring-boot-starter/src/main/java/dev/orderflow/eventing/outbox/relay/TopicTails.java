package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the last events that a service has sent to its topics, without joining a consumer group. */
class TopicTails {

    private static final int RECORDS_PER_PARTITION = 200;
    private static final long MOST_BYTES = 64L << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final String source;

    /**
     * @param consumers creates consumers that commit no offsets
     * @param source    CloudEvents source of the events to read
     */
    TopicTails(Supplier<Consumer<String, byte[]>> consumers, String source) {
        this.consumers = consumers;
        this.source = source;
    }

    /** An event, from the headers of its record. */
    record SentEvent(UUID id, String topic, String key, long sequence) {

        /** Time of publication, to the millisecond. */
        Instant time() {
            return timeOf(id);
        }

        /** Time of a UUIDv7, whose first 48 bits are milliseconds. */
        static Instant timeOf(UUID id) {
            return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        }
    }

    /**
     * Reads the last records of each partition of the existing topics, within a time limit and a limit of bytes. Skips retries
     * and records other than events.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer
     */
    List<SentEvent> read(Collection<String> topics) {
        try (var consumer = consumers.get()) {
            var existing = consumer.listTopics(TIMEOUT);
            var partitions = topics.stream()
                    .flatMap(topic -> existing.getOrDefault(topic, List.of()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            return partitions.isEmpty() ? List.of() : read(consumer, partitions);
        }
    }

    private List<SentEvent> read(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        consumer.assign(partitions);
        var ends = consumer.endOffsets(partitions, TIMEOUT);
        var beginnings = consumer.beginningOffsets(partitions, TIMEOUT);
        ends.forEach((partition, end) ->
                consumer.seek(partition, Math.max(beginnings.get(partition), end - RECORDS_PER_PARTITION)));
        var found = new ArrayList<SentEvent>();
        var bytes = 0L;
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (bytes < MOST_BYTES
                && System.nanoTime() < deadline
                && partitions.stream()
                        .anyMatch(partition -> consumer.position(partition, TIMEOUT) < ends.get(partition))) {
            for (var message : consumer.poll(Duration.ofMillis(200))) {
                bytes += Math.max(0, message.serializedValueSize());
                event(message).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<SentEvent> event(ConsumerRecord<String, byte[]> message) {
        var sender = message.headers().lastHeader("ce_source");
        if (message.key() == null
                || sender == null
                || sender.value() == null
                || !source.equals(new String(sender.value(), UTF_8))
                || message.headers().lastHeader("retry_id") != null) {
            return Optional.empty();
        }
        try {
            var metadata = CloudEventHeaders.read(message.headers());
            return Optional.of(new SentEvent(metadata.id(), message.topic(), message.key(), metadata.sequence()));
        } catch (UndecodableEventException e) {
            return Optional.empty(); // Not the headers of an event of this service, even if the source matches.
        }
    }
}
