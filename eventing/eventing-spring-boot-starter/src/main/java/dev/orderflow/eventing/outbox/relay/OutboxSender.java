package dev.orderflow.eventing.outbox.relay;

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
 * The producer must never expire a record (infinite {@code delivery.timeout.ms}). Otherwise it would renumber and send the later
 * records, which would overtake the expired one. Therefore a record fails only when it can never be sent. The producer's I/O
 * thread then closes the producer immediately, without sending the records in its buffer. The unacknowledged events are returned
 * in their order, for a new producer.
 * <p>
 * The producer must also have only one request in flight. A broker accepts any sequence number from a producer that it does not
 * know on a partition. If it refused the first batch, for instance because the topic was just created, and accepted the second,
 * the second would overtake the first, which would be refused forever. Not thread-safe; the relay's thread owns it.
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

    /** Creates a sender that uses this host's time and waits for acknowledgements without a limit. */
    OutboxSender(Supplier<Producer<byte[], byte[]>> producers, TopicCreator topics, Counter published) {
        this(producers, topics, published, () -> null, null);
    }

    /**
     * @param published counts acknowledged events
     * @param time      the records' timestamp, in milliseconds since the epoch; null for the producer's clock
     * @param patience  maximum time without acknowledgments from a broker that answers, before sending fails; null for no limit
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

    /**
     * A time after which no event may be sent.
     *
     * @param missed creates the failure of events that are not acknowledged by then
     */
    record SendingLimit(long nanoTime, Supplier<KafkaException> missed) {

        boolean isOver() {
            return System.nanoTime() - nanoTime >= 0;
        }

        SendingLimit orEarlier(SendingLimit other) {
            return nanoTime - other.nanoTime <= 0 ? this : other;
        }
    }

    /** Thrown when the broker answers, but has not acknowledged any record for the permitted time. */
    static final class NotAcknowledgedException extends KafkaException {
        NotAcknowledgedException() {
            super("the broker answers, but does not acknowledge");
        }
    }

    /** Thrown when the lease has expired, so that other relays may send the events. */
    static final class LeaseExpiredException extends KafkaException {
        LeaseExpiredException() {
            super("the broker has not acknowledged everything before the lease expired");
        }
    }

    /** Thrown when the claim has expired, so that the events may be discarded, or sent by other relays. */
    static final class ClaimExpiredException extends KafkaException {
        ClaimExpiredException() {
            super("the broker has not acknowledged what was put aside before in time");
        }
    }

    /** The loops that watch the producer. May be called from any thread. */
    Collection<Loop> watches() {
        var current = line;
        return current == null ? List.of() : current.watches();
    }

    /** Sets the end of the lease. No event is sent after {@code nanoTime}, when another relay may have taken over. */
    void sendUntil(long nanoTime) {
        lease = new SendingLimit(nanoTime, LeaseExpiredException::new);
        tellLine();
    }

    /** Sets the end of the claim, after which the events may be discarded; null for no such limit. */
    void claimedUntil(@Nullable Long nanoTime) {
        claim = nanoTime == null ? null : new SendingLimit(nanoTime, ClaimExpiredException::new);
        tellLine();
    }

    /**
     * Hands the rows to the producer. Blocks only while too many bytes are unacknowledged.
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
     * Sends one event while no other is in flight, and waits for the broker's answer.
     *
     * @return the broker's reason for refusing it, or null if it has acknowledged it
     * @throws SendingFailedException when the broker does not answer
     * @throws KafkaException         when the topic can neither be found nor created
     */
    @Nullable
    Throwable sendAlone(OutboxRow row) {
        ensure(row.topic());
        return line().sendAlone(row, time.get());
    }

    /**
     * Waits until the broker has acknowledged all events, also while the broker is unavailable.
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
        // Neighbouring rows usually have the same topic.
        if (!topic.equals(lastTopic)) {
            topics.ensure(Set.of(topic));
            lastTopic = topic;
        }
    }

    /**
     * Checks whether a topic still exists, and creates it otherwise.
     *
     * @return whether it had to be created
     * @throws KafkaException when it can neither be found nor created
     */
    boolean ensureAgain(String topic) {
        lastTopic = "";
        return topics.ensureAgain(topic);
    }

    /** Closes the producer without sending the events in flight. The next relay or producer sends them again. */
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
