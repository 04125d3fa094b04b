package dev.orderflow.hub.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record in which an event was seen.
 *
 * @param recordTime time of the record, within what PostgreSQL can store
 * @param origin     topic on which the event was published
 * @param copy       description of a copy; null for a record on a topic of events
 */
record Sighting(
        Place place,
        Instant recordTime,
        String origin,
        @Nullable Copy copy) {

    /**
     * A copy on a topic of a consumer.
     *
     * @param consumer  the consumer's group
     * @param isDead    whether it is on the dead-letter topic, and not on a retry topic
     * @param hop       number of times that the event was placed on a retry topic; null if unknown
     * @param dueAt     time of the next attempt; null if unknown
     * @param handler   handler that failed; null if unknown
     * @param exception class of its exception; null if unknown
     */
    record Copy(
            String consumer,
            boolean isDead,
            @Nullable Integer hop,
            @Nullable Instant dueAt,
            @Nullable String handler,
            @Nullable String exception) {}

    /** Returns the kind as the table names it. */
    String kind() {
        if (copy == null) {
            return "SOURCE";
        }
        return copy.isDead() ? "DEAD" : "RETRY";
    }
}
