package dev.orderflow.eventing.retry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import dev.orderflow.eventing.wire.StoredHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds unresolved events that should have moved but did not. All times are by the database's clock. */
class OverdueHolds {

    /**
     * Selects events whose records did not arrive long after they were placed and due. The delay counts only up to the longest
     * configured one, since {@code due} may come from a wrong clock. Each failed recovery doubles the wait, up to an hour,
     * because records may still arrive after a long outage. An event without content was placed by an earlier version and cannot
     * be sent again, so it waits for a day. Served by key_hold_position. Reads all holds of the consumer, which are few.
     */
    private static final String OVERDUE = """
            SELECT event_id
            FROM eventing.key_hold
            WHERE consumer = :consumer AND state IN ('RETRYING', 'HELD') AND %s
              AND placed_at
                  + least(greatest(due - placed_at, interval '0'), make_interval(secs => :longestDelay))
                  + CASE WHEN headers IS NULL
                         THEN greatest(make_interval(secs => :after), interval '1 day')
                         ELSE least(make_interval(secs => :after) * power(2, least(resends, 20)),
                                    greatest(make_interval(secs => :after), interval '1 hour'))
                    END < clock_timestamp()
            ORDER BY position
            LIMIT :limit
            """;

    /**
     * Selects events that wait in the database although no unresolved event is before them in their stream. Served by
     * key_hold_position and key_hold_stream.
     */
    private static final String LEFT_BEHIND = """
            SELECT topic, key
            FROM eventing.key_hold h
            WHERE h.consumer = :consumer AND h.state = 'PARKED'
              AND NOT EXISTS (SELECT FROM eventing.key_hold earlier
                              WHERE earlier.consumer = h.consumer AND earlier.topic = h.topic AND earlier.key = h.key
                                AND earlier.position < h.position)
            ORDER BY h.position
            LIMIT :limit
            """;

    /** Served by outbox_parked_key. */
    private static final String UNSENT = """
            SELECT topic, cause
            FROM eventing.outbox_parked
            WHERE topic = ANY (:topics::text[]) AND key = :key AND state = 'PARKED' AND position(:id IN headers) > 0
            ORDER BY id DESC
            LIMIT 1
            """;

    private static final String COUNT = """
            UPDATE eventing.key_hold SET placed_at = now(), resends = least(:resends, 1000)
            WHERE consumer = :consumer AND event_id = :id
            """;

    private static final String RESENDS =
            "SELECT resends FROM eventing.key_hold WHERE consumer = :consumer AND event_id = :id";

    private final JdbcClient jdbc;
    private final String consumer;
    private final Duration longestDelay;
    private final Duration after;

    OverdueHolds(JdbcClient jdbc, String consumer, Duration longestDelay, Duration after) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.longestDelay = longestDelay;
        this.after = after;
    }

    /** A retry record that the outbox could not send. */
    record Unsent(String topic, @Nullable String cause) {}

    List<UUID> find(int limit) {
        return overdue("TRUE", null, limit);
    }

    boolean isOverdue(UUID eventId) {
        return !overdue("event_id = :id", eventId, 1).isEmpty();
    }

    List<EventStream> leftBehind(int limit) {
        return jdbc.sql(LEFT_BEHIND)
                .param("consumer", consumer)
                .param("limit", limit)
                .query((row, number) -> new EventStream(row.getString("topic"), row.getString("key")))
                .list();
    }

    /** Returns the event's record if it is parked in the outbox. */
    Optional<Unsent> unsent(Hold hold, RetryTopics topics) {
        var id = StoredHeaders.write(List.of(
                new RecordHeader(RetryRecord.ID, hold.eventId().toString().getBytes(UTF_8))));
        return jdbc.sql(UNSENT)
                .param("topics", topics.ofAnyLevel().toArray(String[]::new))
                .param("key", hold.stream().key())
                .param("id", id)
                .query((row, number) -> new Unsent(row.getString("topic"), row.getString("cause")))
                .optional();
    }

    int resends(UUID eventId) {
        return jdbc.sql(RESENDS)
                .param("consumer", consumer)
                .param("id", eventId)
                .query(Integer.class)
                .single();
    }

    /** Stores how often the event's record was sent again without success. */
    void setResends(UUID eventId, int resends) {
        jdbc.sql(COUNT)
                .param("consumer", consumer)
                .param("id", eventId)
                .param("resends", resends)
                .update();
    }

    private List<UUID> overdue(String condition, @Nullable UUID eventId, int limit) {
        var query = jdbc.sql(String.format(Locale.ROOT, OVERDUE, condition))
                .param("consumer", consumer)
                .param("longestDelay", longestDelay.toMillis() / 1_000.0)
                .param("after", after.toMillis() / 1_000.0)
                .param("limit", limit);
        return (eventId == null ? query : query.param("id", eventId))
                .query(UUID.class)
                .list();
    }
}
