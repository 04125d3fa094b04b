package dev.orderflow.hub.store;

import dev.orderflow.hub.store.RecordReader.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

/** Stores each polled batch, and then commits its offsets. After a failure nothing is committed. */
@Component
class TopicListener implements BatchAcknowledgingConsumerAwareMessageListener<String, byte[]> {

    private final RecordReader reader;
    private final EventStore store;
    private final TopicPositions positions;
    private final StoreMetrics metrics;
    private final StoredSignal signal;

    TopicListener(
            RecordReader reader,
            EventStore store,
            TopicPositions positions,
            StoreMetrics metrics,
            StoredSignal signal) {
        this.reader = reader;
        this.store = store;
        this.positions = positions;
        this.metrics = metrics;
        this.signal = signal;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<String, byte[]>> batch,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        var stored = store.store(eventsOf(batch), reached(batch, consumer));
        metrics.stored(batch.size(), stored);
        if (stored.stored() > 0) {
            signal.stored();
        }
        if (acknowledgment != null) {
            acknowledgment.acknowledge();
        }
    }

    private List<StagedEvent> eventsOf(List<ConsumerRecord<String, byte[]>> batch) {
        var events = new ArrayList<StagedEvent>(batch.size());
        for (var message : batch) {
            switch (reader.read(message)) {
                case Reading.Found(var event) -> events.add(event);
                case Reading.None(var reason) -> metrics.skipped(reason, message);
            }
        }
        return events;
    }

    private List<TopicPositions.Reached> reached(
            List<ConsumerRecord<String, byte[]>> batch, @Nullable Consumer<?, ?> consumer) {
        var first = new LinkedHashMap<TopicPartition, Long>();
        var next = new LinkedHashMap<TopicPartition, Long>();
        for (var message : batch) {
            var partition = new TopicPartition(message.topic(), message.partition());
            first.putIfAbsent(partition, message.offset());
            next.put(partition, message.offset() + 1);
        }
        var horizons = consumer == null ? Map.<TopicPartition, Long>of() : horizons(first, consumer);
        return next.entrySet().stream()
                .map(entry -> new TopicPositions.Reached(
                        entry.getKey(), entry.getValue(), horizons.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    /** Returns the beginnings of partitions whose next records have expired. Asks the broker only if offsets are missing. */
    private Map<TopicPartition, Long> horizons(Map<TopicPartition, Long> first, Consumer<?, ?> consumer) {
        var known = positions.nextOffsets(first.keySet());
        var skipped = first.entrySet().stream()
                .filter(entry -> entry.getValue() > known.getOrDefault(entry.getKey(), Long.MAX_VALUE))
                .map(Map.Entry::getKey)
                .toList();
        if (skipped.isEmpty()) {
            return Map.of();
        }
        var horizons = new LinkedHashMap<TopicPartition, Long>();
        consumer.beginningOffsets(skipped).forEach((partition, beginning) -> {
            if (beginning > known.getOrDefault(partition, Long.MAX_VALUE)) {
                horizons.put(partition, beginning);
            }
        });
        return horizons;
    }
}
