package dev.orderflow.eventing.listener;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * One call of a listener with the new records of a batch. Maps their indexes to the indexes in the batch.
 */
final class BatchDelivery<K, V> {

    /** Depth far beyond any sensible chain of causes; ends the search when causes form a cycle. */
    private static final int DEEPEST_CAUSE = 50;

    private final List<ConsumerRecord<K, V>> batch;
    private final List<ConsumerRecord<K, V>> given = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final @Nullable DeferredAcknowledgment answers;

    BatchDelivery(List<ConsumerRecord<K, V>> batch, @Nullable Acknowledgment acknowledgment) {
        this.batch = batch;
        this.answers = acknowledgment == null ? null : new DeferredAcknowledgment(acknowledgment, positions::get);
    }

    /**
     * A failure as it is reported to the container.
     *
     * @param index index of the failed record in the batch; -1 if unknown, so that the container repeats the whole batch
     */
    record Failure(int index, RuntimeException exception) {}

    /** Calls the listener with the new records. If there are none, acknowledges the batch instead. */
    void give(Set<UUID> fresh, BatchMessageListener<K, V> listener, @Nullable Consumer<?, ?> consumer) {
        for (var position = 0; position < batch.size(); position++) {
            if (fresh.remove(RecordIdentity.of(batch.get(position)))) {
                given.add(batch.get(position));
                positions.add(position);
            }
        }
        if (!given.isEmpty()) {
            call(listener, consumer);
        } else if (answers != null) {
            answers.acknowledge();
        }
    }

    /** Returns the index in the batch of the first record that the listener has negatively acknowledged; -1 if there is none. */
    int refusedFrom() {
        var refusal = answers == null ? null : answers.refusal();
        return refusal == null ? -1 : refusal.index();
    }

    /** Passes the listener's acknowledgments to the container, if the listener acknowledges. */
    void passOn() {
        if (answers != null) {
            answers.passOn();
        }
    }

    /**
     * Reports the failed record itself rather than its index. The container would apply the index to the whole batch, and commit
     * the offsets of the wrong records.
     */
    Failure explain(RuntimeException failure) {
        var named = named(failure);
        if (named == null) {
            return new Failure(-1, failure);
        }
        var index = named.getRecord() == null ? named.getIndex() : indexOf(named.getRecord());
        if (index < 0 || index >= given.size()) {
            var unknown = new KafkaException("the listener reports a failed record that it did not receive");
            unknown.addSuppressed(failure);
            return new Failure(-1, unknown);
        }
        return new Failure(
                positions.get(index), new BatchListenerFailedException("listener failed", failure, given.get(index)));
    }

    @SuppressWarnings("unchecked") // The container's consumer is of the types of its records.
    private void call(BatchMessageListener<K, V> listener, @Nullable Consumer<?, ?> consumer) {
        if (listener.wantsPollResult()) {
            listener.onMessage(pollResult(), answers, (Consumer<K, V>) consumer);
        } else {
            // A copy, because a RecordFilterStrategy removes records from it.
            listener.onMessage(new ArrayList<>(given), answers, consumer);
        }
    }

    private ConsumerRecords<K, V> pollResult() {
        var byPartition = new LinkedHashMap<TopicPartition, List<ConsumerRecord<K, V>>>();
        given.forEach(message -> byPartition
                .computeIfAbsent(
                        new TopicPartition(message.topic(), message.partition()), partition -> new ArrayList<>())
                .add(message));
        return new ConsumerRecords<>(byPartition, Map.of());
    }

    private int indexOf(ConsumerRecord<?, ?> named) {
        for (var index = 0; index < given.size(); index++) {
            var message = given.get(index);
            if (message.topic().equals(named.topic())
                    && message.partition() == named.partition()
                    && message.offset() == named.offset()) {
                return index;
            }
        }
        return -1;
    }

    private static @Nullable BatchListenerFailedException named(Throwable failure) {
        var depth = 0;
        for (@Nullable Throwable cause = failure; cause != null && depth < DEEPEST_CAUSE; cause = cause.getCause()) {
            if (cause instanceof BatchListenerFailedException named) {
                return named;
            }
            depth++;
        }
        return null;
    }
}
