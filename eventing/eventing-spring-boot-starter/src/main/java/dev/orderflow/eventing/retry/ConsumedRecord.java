package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A consumed record, as it was published, and the ordering stream it belongs to.
 *
 * @param hop 0 for a record from its source topic, otherwise the number of times that the event was placed since then
 */
public record ConsumedRecord(SourceRecord source, EventStream stream, int hop) {

    /**
     * A record of a source topic.
     *
     * @param id   the event's id; for a record without one, an id derived from its topic, partition and offset
     * @param type the event's type; null if the record has none
     */
    public static ConsumedRecord first(ConsumerRecord<String, byte[]> message, UUID id, @Nullable String type) {
        return first(sourceOf(message, id, type));
    }

    public static ConsumedRecord first(SourceRecord source) {
        return new ConsumedRecord(source, source.stream(), 0);
    }

    /** A record on a topic to which it does not belong. It gets its own stream, so that it does not block other events. */
    public static ConsumedRecord foreign(ConsumerRecord<String, byte[]> message, UUID id, @Nullable String type) {
        var source = sourceOf(message, id, type);
        return new ConsumedRecord(source, source.aside(), 0);
    }

    /**
     * A record of a retry topic.
     *
     * @throws RuntimeException when this application did not write the record
     */
    public static ConsumedRecord again(ConsumerRecord<String, byte[]> message) {
        return again(RetryRecord.read(message));
    }

    static ConsumedRecord again(RetryRecord message) {
        var source = message.source();
        return new ConsumedRecord(source, new EventStream(source.topic(), message.streamKey()), message.hop());
    }

    /** Returns the time at which a record of a retry topic is due; {@link Instant#EPOCH} if it has none. */
    public static Instant dueOf(ConsumerRecord<String, byte[]> message) {
        return RetryRecord.dueOf(message);
    }

    /** Reduces the record to the parts that can certainly be stored, after storing all of it failed. */
    public ConsumedRecord remains(boolean withPayload) {
        return new ConsumedRecord(StorableRecord.remains(source, withPayload), stream, hop);
    }

    private static SourceRecord sourceOf(ConsumerRecord<String, byte[]> message, UUID id, @Nullable String type) {
        return StorableRecord.of(
                id,
                new SourceRecord.Place(message.topic(), message.partition(), message.offset()),
                message.key(),
                type == null ? SourceRecord.UNREADABLE : type,
                message.headers(),
                message.value());
    }
}
