package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.wire.TopicCreator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends pages of events through one idempotent producer, all records of a page in flight at once.
 * <p>
 * The producer must never give up on a record by itself (infinite {@code delivery.timeout.ms}): once it does, it numbers the
 * records behind it anew and sends them, and they overtake. So a record only fails when it can never be sent; then the
 * producer is closed at once, from within its own I/O thread, without sending what it still holds, and the page is to be read
 * again from the last stored cursor by a new producer. Not thread-safe; the relay's thread owns it.
 */
public class OutboxSender implements AutoCloseable {

    private final Supplier<Producer<String, byte[]>> producers;
    private final TopicCreator topics;
    private @Nullable Producer<String, byte[]> producer;

    public OutboxSender(Supplier<Producer<String, byte[]>> producers, TopicCreator topics) {
        this.producers = producers;
        this.topics = topics;
    }

    /**
     * Returns when the broker has acknowledged all rows. While the broker is away, it waits.
     *
     * @throws KafkaException when a row could not be sent; then none after it was handed to the broker
     */
    void send(List<OutboxRow> rows) {
        topics.ensure(topicsOf(rows));
        var producer = producer();
        var failure = new AtomicReference<@Nullable Exception>();
        try {
            for (var row : rows) {
                producer.send(row.toRecord(), (metadata, exception) -> {
                    if (exception != null && failure.compareAndSet(null, exception)) {
                        producer.close(Duration.ZERO);
                    }
                });
                if (failure.get() != null) {
                    break;
                }
            }
            producer.flush();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
        var cause = failure.get();
        if (cause != null) {
            close();
            throw new KafkaException("cannot send events: " + cause.getMessage(), cause);
        }
    }

    /** Ends without sending what is still in flight: it is sent again by whoever continues. */
    @Override
    public void close() {
        var closing = producer;
        producer = null;
        if (closing != null) {
            closing.close(Duration.ZERO);
        }
    }

    private Producer<String, byte[]> producer() {
        var current = producer;
        if (current == null) {
            current = producers.get();
            producer = current;
        }
        return current;
    }

    private static Set<String> topicsOf(List<OutboxRow> rows) {
        return rows.stream().map(OutboxRow::topic).collect(Collectors.toSet());
    }
}
