package dev.orderflow.eventing.retry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was published, wherever it waits now.
 *
 * @param id      the event's id; for a record that has none, one that follows from where it is
 * @param topic   the topic it was published on, as are {@code partition} and {@code offset}
 * @param type    the event's type, or {@link #UNREADABLE}
 * @param headers as published, without those that retrying adds
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

    /** The type of a record that does not tell its type. */
    public static final String UNREADABLE = "unreadable";

    /** The header of a record that tells what was left out of it. */
    public static final String REDUCED = "reduced";

    private static final int LONGEST_KEY = 200;

    /** Anybody may have written the record: what PostgreSQL's text cannot hold is replaced. */
    public SourceRecord {
        key = key == null ? null : key.replace('\0', '\uFFFD');
        type = type.replace('\0', '\uFFFD');
        type = type.length() <= LONGEST_KEY ? type : type.substring(0, LONGEST_KEY);
    }

    /** Where a record was published. */
    public record Place(String topic, int partition, long offset) {}

    /** As the constructor, without what cannot be stored. */
    public static SourceRecord storable(
            UUID id, Place place, @Nullable String key, String type, Headers headers, byte @Nullable [] payload) {
        return StorableRecord.of(id, place, key, type, headers, payload);
    }

    /** Whose order it belongs to. A record without a key is in order with itself alone; a long key stands as its hash. */
    public EventStream stream() {
        if (key == null) {
            return aside();
        }
        return new EventStream(topic, key.length() <= LONGEST_KEY ? key : sha256(key));
    }

    /** What it takes in memory, roughly. */
    long bytes() {
        var bytes = payload == null ? 0L : payload.length;
        for (var header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** A stream that no other record belongs to. */
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

    /** The events of one key on one topic, whose order must be kept. */
    public record EventStream(String topic, String key) implements Comparable<EventStream> {

        @Override
        public int compareTo(EventStream other) {
            var byTopic = topic.compareTo(other.topic);
            return byTopic != 0 ? byTopic : key.compareTo(other.key);
        }
    }
}
