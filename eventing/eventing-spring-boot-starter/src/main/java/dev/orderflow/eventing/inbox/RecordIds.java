package dev.orderflow.eventing.inbox;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Ids of records that carry none. */
public final class RecordIds {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private RecordIds() {}

    /**
     * Returns the same id each time the record is read. It is a UUIDv7 of the record's timestamp, like an event's id, so the
     * inbox keeps it as long as those of events. Its random bits are a hash of the record's topic, partition and offset.
     */
    public static UUID of(ConsumerRecord<?, ?> message) {
        var place = message.topic() + "-" + message.partition() + "@" + message.offset();
        var hash = UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
        var millis = Math.max(0, message.timestamp());
        return new UUID(
                millis << 16 | VERSION_7 | hash.getMostSignificantBits() >>> 52,
                VARIANT | hash.getLeastSignificantBits() >>> 2);
    }
}
