package dev.orderflow.eventing.retry;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A consumed record and the ordering stream it belongs to.
 *
 * @param hop 0 for a record from its source topic, otherwise how often the event was placed since
 */
public record Incoming(SourceRecord source, SourceRecord.EventStream stream, int hop) {

    /**
     * A record of a source topic.
     *
     * @param id   the event's id; for a record without one, an id derived from its topic, partition and offset
     * @param type the event's type; null if the record has none
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

    /** A record that does not belong on its topic. It gets a stream of its own, so that it does not block other events. */
    public static Incoming foreign(SourceRecord source) {
        return new Incoming(source, source.aside(), 0);
    }

    /**
     * A record of a retry topic.
     *
     * @throws RuntimeException when this application did not write the record
     */
    public static Incoming again(ConsumerRecord<String, byte[]> message) {
        return again(RetryRecord.read(message));
    }

    static Incoming again(RetryRecord message) {
        var source = message.source();
        return new Incoming(source, new SourceRecord.EventStream(source.topic(), message.streamKey()), message.hop());
    }

    /** Returns the time at which a record of a retry topic is due; {@link Instant#EPOCH} if it has none. */
    public static Instant dueOf(ConsumerRecord<String, byte[]> message) {
        return RetryRecord.dueOf(message);
    }

    /** Reduces the record to the parts that can certainly be stored, after storing all of it failed. */
    public Incoming remains(boolean withPayload) {
        return new Incoming(StorableRecord.remains(source, withPayload), stream, hop);
    }
}
