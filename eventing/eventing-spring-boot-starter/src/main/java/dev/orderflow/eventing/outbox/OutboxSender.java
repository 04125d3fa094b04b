package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.loop.Loop;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends events through one idempotent producer, without waiting for one before the next.
 * <p>
 * The producer must never give up on a record by itself (infinite {@code delivery.timeout.ms}): once it does, it numbers the
 * records behind it anew and sends them, and they overtake. So a record only fails when it can never be sent; then the
 * producer is closed at once, from within its own I/O thread, without sending what it still holds, and what was not
 * acknowledged is handed back in its order, for a new producer.
 * <p>
 * It must also have only one request in flight. A broker takes any sequence number from a producer that it does not know on a
 * partition; if it refused a first batch, say because the topic was created a moment ago, and took the second, that would overtake,
 * and the first be refused for ever. Not thread-safe; the relay's thread owns it.
 */
class OutboxSender implements AutoCloseable {

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final TopicCreator topics;
    private final Counter published;
    private final Supplier<@Nullable Long> time;
    private final @Nullable Duration patience;
    private volatile @Nullable ProducerLine line;
    private String lastTopic = "";
    private @Nullable SendingLimit lease;
    private @Nullable SendingLimit claim;

    /** With records that have the time of this host, and a broker that may take any time to acknowledge. */
    OutboxSender(Supplier<Producer<byte[], byte[]>> producers, TopicCreator topics, Counter published) {
        this(producers, topics, published, () -> null, null);
    }

    /**
     * @param published counts what the broker has acknowledged
     * @param time      the records' timestamp, in milliseconds since the epoch; null for the producer's clock
     * @param patience  how long a broker that answers may acknowledge nothing before sending has failed; null for ever
     */
    OutboxSender(
            Supplier<Producer<byte[], byte[]>> producers,
            TopicCreator topics,
            Counter published,
            Supplier<@Nullable Long> time,
            @Nullable Duration patience) {
        this.producers = producers;
        this.topics = topics;
        this.published = published;
        this.time = time;
        this.patience = patience;
    }

    /** The broker answers, but has acknowledged nothing for long. */
    static final class NotAcknowledgedException extends KafkaException {
        NotAcknowledgedException() {
            super("the broker answers, but does not acknowledge");
        }
    }

    /** Others may send the events by now. */
    static final class LeaseExpiredException extends KafkaException {
        LeaseExpiredException() {
            super("the broker has not acknowledged everything before the lease expired");
        }
    }

    /** What is being sent may be discarded by now, or sent by others. */
    static final class ClaimExpiredException extends KafkaException {
        ClaimExpiredException() {
            super("the broker has not acknowledged what was put aside before in time");
        }
    }

    /** Those that watch what is being sent. May be called from any thread. */
    Collection<Loop> watches() {
        var current = line;
        return current == null ? List.of() : current.watches();
    }

    /** Nothing is sent after {@code nanoTime}, when another relay may have taken over. */
    void sendUntil(long nanoTime) {
        lease = new SendingLimit(nanoTime, LeaseExpiredException::new);
        tellLine();
    }

    /** Nor after this, when what is being sent may be discarded; null for no such limit. */
    void claimedUntil(@Nullable Long nanoTime) {
        claim = nanoTime == null ? null : new SendingLimit(nanoTime, ClaimExpiredException::new);
        tellLine();
    }

    /**
     * Hands the rows to the producer, and waits only while too many bytes are not acknowledged.
     *
     * @throws SendingFailedException when this or an earlier event could not be sent
     * @throws KafkaException         when a topic can neither be found nor created
     */
    void send(List<OutboxRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var limit = limit();
        if (limit != null && limit.isOver()) {
            throw new SendingFailedException(List.of(), rows, limit.missed().get());
        }
        var current = line();
        var timestamp = time.get();
        for (var index = 0; index < rows.size(); index++) {
            var row = rows.get(index);
            ensure(row.topic());
            try {
                current.send(row, timestamp);
            } catch (SendingFailedException e) {
                throw new SendingFailedException(
                        e.suspects(),
                        Stream.concat(e.unsent().stream(), rows.stream().skip(index + 1L))
                                .toList(),
                        e.getCause());
            }
        }
    }

    /**
     * Sends one event while nothing else is in the air, and waits for the broker's answer.
     *
     * @return why the broker refuses it, or null if it has acknowledged it
     * @throws SendingFailedException when the broker does not answer
     * @throws KafkaException         when the topic can neither be found nor created
     */
    @Nullable
    Throwable sendAlone(OutboxRow row) {
        ensure(row.topic());
        return line().sendAlone(row, time.get());
    }

    /**
     * Returns when the broker has acknowledged everything. While it is away, this waits.
     *
     * @throws SendingFailedException when an event could not be sent
     */
    void flush() {
        var current = line;
        if (current != null) {
            current.flush();
        }
    }

    /** @throws KafkaException when it can neither be found nor created */
    void ensure(String topic) {
        // Neighbours mostly have the same topic.
        if (!topic.equals(lastTopic)) {
            topics.ensure(Set.of(topic));
            lastTopic = topic;
        }
    }

    /**
     * Looks whether a topic is still there, and creates it otherwise.
     *
     * @return whether it had to be created
     * @throws KafkaException when it can neither be found nor created
     */
    boolean ensureAgain(String topic) {
        lastTopic = "";
        return topics.ensureAgain(topic);
    }

    /** Ends without sending what is still in the air: it is sent again by whoever continues. */
    @Override
    public void close() {
        var closing = line;
        line = null;
        lastTopic = "";
        if (closing != null) {
            closing.close();
        }
    }

    private ProducerLine line() {
        var current = line;
        if (current == null) {
            current = new ProducerLine(producers.get(), published);
            current.sendUntil(limit());
            if (patience != null) {
                current.watch(patience, topics::brokerAnswers);
            }
            line = current;
        }
        return current;
    }

    private void tellLine() {
        var current = line;
        if (current != null) {
            current.sendUntil(limit());
        }
    }

    private @Nullable SendingLimit limit() {
        if (lease == null || claim == null) {
            return lease == null ? claim : lease;
        }
        return lease.orEarlier(claim);
    }
}
