package dev.orderflow.eventing.inbox;

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
class SimulatedMember {

    private final int number;
    private final SimulatedBroker broker;
    private final Supplier<TopicConsumer> newTopics;
    private final Random random;
    private final double lostCommits;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private TopicConsumer topics;

    SimulatedMember(
            int number, SimulatedBroker broker, Supplier<TopicConsumer> newTopics, Random random, double lostCommits) {
        this.number = number;
        this.broker = broker;
        this.newTopics = newTopics;
        this.random = random;
        this.lostCommits = lostCommits;
        this.topics = newTopics.get();
    }

    /** Loses all state that is not stored. */
    void restart() {
        topics = newTopics.get();
        positions.clear();
        learnAssignment();
    }

    void learnAssignment() {
        var mine = new HashSet<TopicPartition>();
        broker.partitions().stream()
                .filter(partition -> topics.topics().contains(partition.topic()))
                .filter(partition -> broker.isOwner(partition, number))
                .forEach(mine::add);
        positions.keySet().retainAll(mine);
        mine.forEach(partition -> positions.computeIfAbsent(partition, broker::committed));
    }

    boolean hasReadAll() {
        return positions.entrySet().stream().allMatch(each -> each.getValue() >= broker.end(each.getKey()));
    }

    void poll(int limit) {
        var batch = new LinkedHashMap<TopicPartition, List<ConsumerRecord<String, byte[]>>>();
        var next = new HashMap<TopicPartition, OffsetAndMetadata>();
        positions.forEach((partition, position) -> {
            var records = broker.read(partition, position, limit);
            if (!records.isEmpty()) {
                batch.put(partition, records);
                next.put(partition, new OffsetAndMetadata(records.getLast().offset() + 1));
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
            if (random.nextDouble() >= lostCommits) {
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
