package dev.orderflow.eventing.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records which events a consumer has consumed, so that a redelivered event has no second effect.
 * <p>
 * {@link #firstSeen} must be called inside the transaction that also contains the events' effects or diverts them, so that both
 * are committed together. Calling it in a separate transaction turns "exactly once" into "at most once".
 */
public class Inbox {

    /**
     * Served by the primary key (consumer, event_id). One round trip serves a whole batch and sets the idle limit of the
     * transaction: only the database can release the rows and locks of a stuck handler. The order is fixed, so that two instances
     * that received the same events after a rebalance wait for each other instead of deadlocking.
     */
    private static final String REMEMBER = """
            INSERT INTO eventing.inbox (consumer, event_id)
            SELECT :consumer, id
            FROM unnest(:ids::uuid[]) AS id
            WHERE (SELECT set_config('idle_in_transaction_session_timeout', :idle, true)) IS NOT NULL
            ORDER BY id
            ON CONFLICT DO NOTHING
            RETURNING event_id
            """;

    /**
     * Variant of {@link #REMEMBER} for events of which some have deduplication keys. The keys of new events are recorded like ids. A key
     * that is older than the window is recorded again, so that it is new. An id never equals a key, and all instances lock ids
     * before keys.
     */
    private static final String REMEMBER_WITH_KEYS = """
            WITH fresh AS (
                INSERT INTO eventing.inbox (consumer, event_id)
                SELECT :consumer, id
                FROM unnest(:ids::uuid[]) AS id
                WHERE (SELECT set_config('idle_in_transaction_session_timeout', :idle, true)) IS NOT NULL
                ORDER BY id
                ON CONFLICT DO NOTHING
                RETURNING event_id
            ), keyed AS (
                INSERT INTO eventing.inbox AS known (consumer, event_id)
                SELECT :consumer, key
                FROM (SELECT DISTINCT key
                      FROM unnest(:events::uuid[], :keys::uuid[]) AS e (event, key) JOIN fresh ON event_id = event) AS keys
                ORDER BY key
                ON CONFLICT (consumer, event_id) DO UPDATE SET handled_at = now()
                WHERE known.handled_at < now() - :window * interval '1 millisecond'
                RETURNING event_id
            )
            SELECT event_id FROM fresh UNION ALL SELECT event_id FROM keyed
            """;

    private static final String LIMIT_SILENCE = "SELECT set_config('idle_in_transaction_session_timeout', :idle, true)";

    /** Served by the primary key (consumer, event_id). */
    private static final String REMEMBERED = """
            SELECT event_id FROM eventing.inbox WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[])
            """;

    /** Served by the primary key (consumer, event_id), twice. */
    private static final String REMEMBERED_WITH_KEYS = """
            SELECT event_id FROM eventing.inbox WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[])
            UNION ALL
            SELECT event_id
            FROM eventing.inbox
            WHERE consumer = :consumer AND event_id = ANY (:keys::uuid[])
                  AND handled_at >= now() - :window * interval '1 millisecond'
            """;

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final JdbcClient jdbc;
    private final String consumer;
    private final String longestSilence;
    private final long dedupWindow;

    /** Further topics whose events are recorded, so that their ids are kept for as long as those topics redeliver. */
    @FunctionalInterface
    public interface ConsumedTopics {

        /** Returns the topics consumed at present. */
        Collection<String> names();
    }

    /** @param longestSilence idle time after which the database ends a transaction that began with {@link #firstSeen} */
    public Inbox(JdbcClient jdbc, String consumer, Duration longestSilence) {
        this(jdbc, consumer, longestSilence, Duration.ZERO);
    }

    /** @param dedupWindow how long the deduplication key of an event keeps other events from being new */
    Inbox(JdbcClient jdbc, String consumer, Duration longestSilence, Duration dedupWindow) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.longestSilence = Long.toString(longestSilence.toMillis());
        this.dedupWindow = dedupWindow.toMillis();
    }

    /** Records {@code events} and returns those that are new. */
    public Set<UUID> firstSeen(Collection<UUID> events) {
        if (events.isEmpty()) {
            jdbc.sql(LIMIT_SILENCE)
                    .param("idle", longestSilence)
                    .query(String.class)
                    .single();
            return Set.of();
        }
        return found(jdbc.sql(REMEMBER).param("idle", longestSilence), events);
    }

    /**
     * Records {@code events}, and the keys of those that are new.
     *
     * @param keys ids of deduplication keys by event id
     * @return the events and keys that are new
     */
    Set<UUID> firstSeen(Collection<UUID> events, Map<UUID, UUID> keys) {
        if (keys.isEmpty()) {
            return firstSeen(events);
        }
        return found(
                jdbc.sql(REMEMBER_WITH_KEYS)
                        .param("idle", longestSilence)
                        .param("events", keys.keySet().toArray(UUID[]::new))
                        .param("keys", keys.values().toArray(UUID[]::new))
                        .param("window", dedupWindow),
                events);
    }

    /** Returns the {@code events} that are already recorded, and the {@code keys} that are recorded within the window. */
    Set<UUID> remembered(Collection<UUID> events, Collection<UUID> keys) {
        if (keys.isEmpty()) {
            return remembered(events);
        }
        return found(
                jdbc.sql(REMEMBERED_WITH_KEYS)
                        .param("keys", keys.toArray(UUID[]::new))
                        .param("window", dedupWindow),
                events);
    }

    /**
     * Returns the {@code events} that are already recorded, so that they need not call out again. Events that another instance
     * handles at the same time may be missing.
     */
    Set<UUID> remembered(Collection<UUID> events) {
        return events.isEmpty() ? Set.of() : found(jdbc.sql(REMEMBERED), events);
    }

    /**
     * Returns the id of a record without an event id. It is the same each time the record is read. It is a UUIDv7 of the record's
     * timestamp, so it is kept as long as an event's id. Its random bits are a hash of the record's topic, partition and offset.
     */
    public static UUID idOf(ConsumerRecord<?, ?> message) {
        var place = message.topic() + "-" + message.partition() + "@" + message.offset();
        var hash = UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
        var millis = Math.max(0, message.timestamp());
        return new UUID(
                millis << 16 | VERSION_7 | hash.getMostSignificantBits() >>> 52,
                VARIANT | hash.getLeastSignificantBits() >>> 2);
    }

    private Set<UUID> found(JdbcClient.StatementSpec statement, Collection<UUID> events) {
        return new HashSet<>(statement
                .param("consumer", consumer)
                .param("ids", events.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }
}
