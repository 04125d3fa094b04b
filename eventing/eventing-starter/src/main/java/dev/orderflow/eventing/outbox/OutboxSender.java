package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.wire.TopicCreator;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends events through one idempotent producer, without waiting for one before the next.
 * <p>
 * The producer must never give up on a record by itself (infinite {@code delivery.timeout.ms}): once it does, it numbers the
 * records behind it anew and sends them, and they overtake. So a record only fails when it can never be sent; then the
 * producer is closed at once, from within its own I/O thread, without sending what it still holds, and all that was not
 * acknowledged is to be read again from the last stored position, for a new producer.
 * <p>
 * It must also have only one request in flight. A broker takes any sequence number from a producer that it does not know on a
 * partition; if it refused a first batch, say because the topic was created a moment ago, and took the second, that would overtake,
 * and the first be refused for ever. Not thread-safe; the relay's thread owns it.
 */
public class OutboxSender implements AutoCloseable {

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final TopicCreator topics;
    private final Counter published;
    private @Nullable Line line;
    private String lastTopic = "";

    /** @param published counts what the broker has acknowledged */
    public OutboxSender(Supplier<Producer<byte[], byte[]>> producers, TopicCreator topics, Counter published) {
        this.producers = producers;
        this.topics = topics;
        this.published = published;
    }

    /**
     * Hands the rows to the producer, and waits only while it holds as much as it may.
     *
     * @throws KafkaException when this or an earlier event could not be sent
     */
    void send(List<OutboxRow> rows) {
        var current = line();
        for (var row : rows) {
            ensure(row.topic());
            current.send(row, published);
        }
    }

    /**
     * Returns when the broker has acknowledged everything. While it is away, this waits.
     *
     * @throws SendingFailedException when an event could not be sent
     */
    void flush() {
        var current = line;
        if (current != null) {
            current.producer.flush();
            current.check();
        }
    }

    /** Ends without sending what is still in the air: it is sent again by whoever continues. */
    @Override
    public void close() {
        var closing = line;
        line = null;
        lastTopic = "";
        if (closing != null) {
            closing.producer.close(Duration.ZERO);
        }
    }

    private Line line() {
        var current = line;
        if (current == null) {
            current = new Line(producers.get());
            line = current;
        }
        return current;
    }

    /** Neighbours mostly have the same topic. */
    private void ensure(String topic) {
        if (!topic.equals(lastTopic)) {
            topics.ensure(Set.of(topic));
            lastTopic = topic;
        }
    }

    /** A producer with its first failure: what fails after it fails because the producer was closed. */
    private static final class Line {

        private final Producer<byte[], byte[]> producer;
        private final AtomicReference<@Nullable SendingFailedException> failure = new AtomicReference<>();

        private Line(Producer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        private void send(OutboxRow row, Counter published) {
            try {
                producer.send(row.toRecord(), (metadata, exception) -> {
                    if (exception == null) {
                        published.increment();
                    } else if (failure.compareAndSet(null, new SendingFailedException(row, exception))) {
                        producer.close(Duration.ZERO);
                    }
                });
            } catch (RuntimeException e) {
                check();
                throw e;
            }
            check();
        }

        private void check() {
            var failed = failure.get();
            if (failed != null) {
                throw failed;
            }
        }
    }
}
