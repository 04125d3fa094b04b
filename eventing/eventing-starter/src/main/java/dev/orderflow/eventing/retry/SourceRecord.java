package dev.orderflow.eventing.retry;

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

    /** What its order is kept by. A record without a key is in order with itself alone. */
    public String streamKey() {
        return key == null ? id.toString() : key;
    }
}
