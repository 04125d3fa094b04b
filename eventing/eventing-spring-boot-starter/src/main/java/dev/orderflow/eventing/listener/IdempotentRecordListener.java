package dev.orderflow.eventing.listener;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.adapter.AbstractDelegatingMessageListenerAdapter;
import org.springframework.kafka.support.Acknowledgment;

/** Passes each record to a listener once, in the transaction that stores its id in the inbox. */
final class IdempotentRecordListener<K, V>
        extends AbstractDelegatingMessageListenerAdapter<AcknowledgingConsumerAwareMessageListener<K, V>>
        implements AcknowledgingConsumerAwareMessageListener<K, V> {

    private final ListenerTransaction transaction;

    IdempotentRecordListener(
            AcknowledgingConsumerAwareMessageListener<K, V> listener, ListenerTransaction transaction) {
        super(listener);
        this.transaction = transaction;
    }

    /** An exception rolls back the transaction. The container then handles the record as it does without the inbox. */
    @Override
    public void onMessage(
            ConsumerRecord<K, V> message, @Nullable Acknowledgment acknowledgment, @Nullable Consumer<?, ?> consumer) {
        var deferred = acknowledgment == null ? null : new DeferredAcknowledgment(acknowledgment);
        transaction.run(List.of(message), (fresh, status) -> {
            if (!fresh.isEmpty()) {
                handle(message, deferred, consumer);
            } else if (deferred != null) {
                deferred.acknowledge();
            }
            if (deferred != null && deferred.refusal() != null) {
                status.setRollbackOnly();
            }
        });
        if (deferred != null) {
            deferred.passOn();
        }
    }

    /** Makes the event the cause of the events that the listener publishes, if the record has the headers of an event. */
    private void handle(
            ConsumerRecord<K, V> message, @Nullable Acknowledgment acknowledgment, @Nullable Consumer<?, ?> consumer) {
        Runnable handling = () -> delegate.onMessage(message, acknowledgment, consumer);
        metadataOf(message).ifPresentOrElse(metadata -> within(metadata.toContext(), handling), handling);
    }

    private static void within(EventContext context, Runnable handling) {
        var scope = context.open();
        try {
            handling.run();
        } finally {
            scope.close();
        }
    }

    private static Optional<EventMetadata> metadataOf(ConsumerRecord<?, ?> message) {
        try {
            return Optional.of(CloudEventHeaders.read(message.headers()));
        } catch (UndecodableEventException e) {
            return Optional.empty();
        }
    }
}
