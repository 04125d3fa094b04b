package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.retry.RetryTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * An instance of the application that polls on demand. Its view of its partitions may be outdated, like that of an
 * instance that was paused.
 */
public class SimulatedMember {

    /** Share of the offsets whose commit is lost. */
    private static final double LOST_COMMITS = 0.15;

    private final int number;
    private final SimulatedBroker broker;
    private final Supplier<TopicConsumer> newTopics;
    private final Random random;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private TopicConsumer topics;

    private SimulatedMember(int number, SimulatedBroker broker, Supplier<TopicConsumer> newTopics, Random random) {
        this.number = number;
        this.broker = broker;
        this.newTopics = newTopics;
        this.random = random;
        this.topics = newTopics.get();
    }

    public static SimulatedMember ofSources(
            int number, SimulatedBroker broker, Set<String> topics, Supplier<BatchConsumer> batches, Random random) {
        return new SimulatedMember(
                number,
                broker,
                () -> new SourceTopicConsumer(
                        topics, batches.get(), new Lanes(List.of(), new SimpleMeterRegistry()), System::nanoTime),
                random);
    }

    static SimulatedMember of(int number, SimulatedBroker broker, Supplier<TopicConsumer> topics, Random random) {
        return new SimulatedMember(number, broker, topics, random);
    }

    public static SimulatedMember ofRetries(
            int number,
            SimulatedBroker broker,
            RetryTopics topics,
            Supplier<BatchConsumer> batches,
            Clock clock,
            Random random) {
        return new SimulatedMember(
                number,
                broker,
                () -> new RetryTopicConsumer(topics, batches.get(), 6, Duration.ZERO, Duration.ofDays(1), clock),
                random);
    }

    /** Loses all state that is not stored. */
    public void restart() {
        topics = newTopics.get();
        positions.clear();
        learnAssignment();
    }

    public void learnAssignment() {
        var mine = new HashSet<TopicPartition>();
        broker.partitions().stream()
                .filter(partition -> topics.topics().contains(partition.topic()))
                .filter(partition -> broker.isOwner(partition, number))
                .forEach(mine::add);
        positions.keySet().retainAll(mine);
        mine.forEach(partition -> positions.computeIfAbsent(partition, broker::committed));
    }

    public boolean hasReadAll() {
        return positions.entrySet().stream().allMatch(each -> each.getValue() >= broker.end(each.getKey()));
    }

    public void poll(int limit) {
        var batch = new LinkedHashMap<TopicPartition, List<ConsumerRecord<String, byte[]>>>();
        var next = new HashMap<TopicPartition, OffsetAndMetadata>();
        positions.forEach((partition, position) -> {
            var records = broker.read(partition, position, limit);
            if (!records.isEmpty()) {
                batch.put(partition, records);
            }
            var end = Math.min(position + limit, broker.end(partition));
            if (end > position) {
                next.put(partition, new OffsetAndMetadata(end));
            }
        });
        take(new ConsumerRecords<>(batch, next), next);
    }

    private void take(ConsumerRecords<String, byte[]> records, Map<TopicPartition, OffsetAndMetadata> next) {
        try (var consumer = consumer(positions.keySet())) {
            positions.forEach(consumer::seek);
            next.forEach((partition, offset) -> consumer.seek(partition, offset.offset()));
            var commit = topics.consume(consumer, records, true);
            positions.replaceAll((partition, before) -> consumer.position(partition));
            if (random.nextDouble() >= LOST_COMMITS) {
                commit.forEach((partition, offset) -> broker.commit(partition, offset.offset(), number));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MockConsumer<String, byte[]> consumer(Set<TopicPartition> assigned) {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.assign(assigned);
        return consumer;
    }
}
