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
 * Gives those records of a batch to a listener that it never handled, in the one transaction that remembers them.
 * <p>
 * A listener may name the record that failed, by a {@code BatchListenerFailedException} or {@code nack(index, …)}; the container then
 * commits the offsets of those before it. But the transaction has rolled back their effects, too, which would be lost. So those
 * before it are handled again, in a transaction of their own, before the container learns of the failure.
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

    /** Returns what has to be told to the container. Ends, since each repetition has fewer records. */
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

    /** Returns what has to be told to the container instead, when the listener refuses one of the earlier records this time. */
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
