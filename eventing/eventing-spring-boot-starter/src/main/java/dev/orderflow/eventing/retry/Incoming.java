package dev.orderflow.eventing.retry;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A consumed record and the stream whose order it has to keep.
 *
 * @param hop 0 when it came from its source topic, otherwise how often it was put somewhere since
 */
public record Incoming(SourceRecord source, SourceRecord.EventStream stream, int hop) {

    /**
     * A record of a source topic.
     *
     * @param id   of its event; for a record that has none, one that follows from where it is
     * @param type of its event; null if it does not tell
     */
    public static Incoming first(ConsumerRecord<String, byte[]> message, UUID id, @Nullable String type) {
        return first(StorableRecord.of(
                id,
                new SourceRecord.Place(message.topic(), message.partition(), message.offset()),
                message.key(),
                type == null ? SourceRecord.UNREADABLE : type,
                message.headers(),
                message.value()));
    }

    public static Incoming first(SourceRecord source) {
        return new Incoming(source, source.stream(), 0);
    }

    /** A record that does not belong on its topic, and so must not hold up those that do. */
    public static Incoming foreign(SourceRecord source) {
        return new Incoming(source, source.aside(), 0);
    }

    /**
     * A record of a retry topic.
     *
     * @throws RuntimeException when it is none that was put there by retrying an event
     */
    public static Incoming again(ConsumerRecord<String, byte[]> message) {
        return again(RetryRecord.read(message));
    }

    static Incoming again(RetryRecord message) {
        var source = message.source();
        return new Incoming(source, new SourceRecord.EventStream(source.topic(), message.streamKey()), message.hop());
    }

    /** When a record of a retry topic is due; at once if it does not say so. */
    public static Instant dueOf(ConsumerRecord<String, byte[]> message) {
        return RetryRecord.dueOf(message);
    }

    /** What is certain to be storable of it, after all of it was not. */
    public Incoming remains(boolean withPayload) {
        return new Incoming(StorableRecord.remains(source, withPayload), stream, hop);
    }
}
