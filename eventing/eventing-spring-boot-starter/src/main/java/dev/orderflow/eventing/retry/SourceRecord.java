package dev.orderflow.eventing.retry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as published, independent of where it waits now.
 *
 * @param id      the event's id; for a record without one, an id derived from its topic, partition and offset
 * @param topic   the topic that it was published on; {@code partition} and {@code offset} refer to it
 * @param type    the event's type, or {@link #UNREADABLE}
 * @param headers as published, without the headers that retrying adds
 */
public record SourceRecord(
        UUID id,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        String type,
        Headers headers,
        byte @Nullable [] payload) {

    /** The type of a record without a type. */
    public static final String UNREADABLE = "unreadable";

    /** The header that lists the omitted parts of the record. */
    public static final String REDUCED = "reduced";

    private static final int LONGEST_KEY = 200;

    /** Replaces characters that PostgreSQL cannot store as text, since any producer may have written the record. */
    public SourceRecord {
        key = key == null ? null : key.replace('\0', '\uFFFD');
        type = type.replace('\0', '\uFFFD');
        type = type.length() <= LONGEST_KEY ? type : type.substring(0, LONGEST_KEY);
    }

    /** The place at which a record was published. */
    public record Place(String topic, int partition, long offset) {}

    /** Creates a record without the parts that cannot be stored. */
    public static SourceRecord storable(
            UUID id, Place place, @Nullable String key, String type, Headers headers, byte @Nullable [] payload) {
        return StorableRecord.of(id, place, key, type, headers, payload);
    }

    /**
     * Returns the ordering stream of the record. A record without a key has its own stream; a long key is replaced by its hash.
     */
    public EventStream stream() {
        if (key == null) {
            return aside();
        }
        return new EventStream(topic, key.length() <= LONGEST_KEY ? key : sha256(key));
    }

    /** Returns the approximate size in memory. */
    long bytes() {
        var bytes = payload == null ? 0L : payload.length;
        for (var header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** Returns a stream that contains only this record. */
    EventStream aside() {
        return new EventStream(topic, id.toString());
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The events of one key on one topic, which are handled in order. */
    public record EventStream(String topic, String key) implements Comparable<EventStream> {

        @Override
        public int compareTo(EventStream other) {
            var byTopic = topic.compareTo(other.topic);
            return byTopic != 0 ? byTopic : key.compareTo(other.key);
        }
    }
}
