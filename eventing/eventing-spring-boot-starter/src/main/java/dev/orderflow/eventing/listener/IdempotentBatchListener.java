package dev.orderflow.eventing.listener;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.adapter.AbstractDelegatingMessageListenerAdapter;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Passes the new records of a batch to a listener, in the transaction that stores their ids in the inbox.
 * <p>
 * A listener may report the record that failed, by a {@code BatchListenerFailedException} or {@code nack(index, …)}. The
 * container then commits the offsets of the records before it. But the transaction has rolled back the effects of these records,
 * which would be lost. They are therefore handled again, in a separate transaction, before the failure is reported to the
 * container.
 */
final class IdempotentBatchListener<K, V> extends AbstractDelegatingMessageListenerAdapter<BatchMessageListener<K, V>>
        implements BatchAcknowledgingConsumerAwareMessageListener<K, V> {

    private final ListenerTransaction transaction;

    IdempotentBatchListener(BatchMessageListener<K, V> listener, ListenerTransaction transaction) {
        super(listener);
        this.transaction = transaction;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<K, V>> batch,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        var delivery = handle(batch, acknowledgment, consumer);
        if (acknowledgment != null) {
            delivery.passOn();
        }
    }

    /**
     * Returns the delivery whose acknowledgments the container receives. Terminates, because each repetition has fewer records.
     */
    private BatchDelivery<K, V> handle(
            List<ConsumerRecord<K, V>> batch,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        var delivery = new BatchDelivery<>(batch, acknowledgment);
        try {
            transaction.run(batch, (fresh, status) -> {
                delivery.give(fresh, delegate, consumer);
                if (delivery.refusedFrom() >= 0) {
                    status.setRollbackOnly();
                }
            });
        } catch (RuntimeException e) {
            var failure = delivery.explain(e);
            var earlier = handleBefore(failure.index(), batch, acknowledgment, consumer);
            if (earlier != null) {
                return earlier;
            }
            throw failure.exception();
        }
        var earlier = handleBefore(delivery.refusedFrom(), batch, acknowledgment, consumer);
        return earlier == null ? delivery : earlier;
    }

    /**
     * Handles the records before {@code index} again. Returns their delivery if the listener negatively acknowledges one of them
     * this time; otherwise null.
     */
    private @Nullable BatchDelivery<K, V> handleBefore(
            int index,
            List<ConsumerRecord<K, V>> batch,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        if (index <= 0) {
            return null;
        }
        var earlier = handle(batch.subList(0, index), acknowledgment, consumer);
        return earlier.refusedFrom() >= 0 ? earlier : null;
    }
}
