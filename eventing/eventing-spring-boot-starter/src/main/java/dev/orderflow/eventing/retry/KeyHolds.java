package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of unresolved events.
 * <p>
 * A record on a retry topic is only a reminder. This table decides, under a lock, whether the record is current and whether the
 * event is next in its stream. A transaction must {@linkplain #lock lock} a stream before it inserts, moves or deletes one of its
 * rows. Otherwise an event could be placed behind one that is being resolved concurrently, and would never be released.
 */
class KeyHolds {

    /** Maximum number of rows that are read per stream. An event beyond them counts as not being next, since that is unknown. */
    private static final int LONGEST_LOOK = 200;

    private static final int SHORTEST_LOOK = 20;

    /** Maximum number of rows in memory, if every stream is long. */
    private static final int MOST_ROWS = 20_000;

    /** Maximum bytes of content in one statement. A larger event is written by a separate statement. */
    private static final long STATEMENT_BYTES = 4L << 20;

    /**
     * Locks streams and rows in a fixed order, so that two batches wait for each other instead of deadlocking. Served by
     * key_hold_stream.
     */
    private static final String LOCK = """
            SELECT h.*
            FROM unnest(:topics::text[], :keys::text[]) AS s (topic, key)
            CROSS JOIN LATERAL (
                SELECT event_id, topic, key, position, type, state, hop, level, due, attempts,
                       source_partition, source_offset
                FROM eventing.key_hold
                WHERE consumer = :consumer AND topic = s.topic AND key = s.key
                ORDER BY position
                LIMIT :look
                %s
            ) h
            """;

    /** Served by key_hold_position. */
    private static final String ANY = "SELECT EXISTS (SELECT FROM eventing.key_hold WHERE consumer = :consumer)";

    /** Inserts rows in the given order, which determines their positions. Content never changes and is written once. */
    private static final String SAVE = """
            INSERT INTO eventing.key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                  source_partition, source_offset, headers, payload)
            SELECT :consumer, event_id, topic, key, type, state, hop, level, due::timestamptz, attempts::jsonb,
                   source_partition, source_offset, headers, payload
            FROM unnest(:ids::uuid[], :topics::text[], :keys::text[], :types::text[], :states::text[], :hops::integer[],
                        :levels::integer[], :dues::text[], :attempts::text[], :partitions::integer[],
                        :offsets::bigint[], :headers::text[], :payloads::bytea[])
                 WITH ORDINALITY
                 AS h (event_id, topic, key, type, state, hop, level, due, attempts,
                       source_partition, source_offset, headers, payload, n)
            ORDER BY n
            ON CONFLICT (consumer, event_id) DO UPDATE SET
                state = excluded.state, hop = excluded.hop, level = excluded.level, due = excluded.due,
                attempts = excluded.attempts, placed_at = now(), resends = 0,
                headers = CASE WHEN excluded.state = 'DEAD' THEN NULL ELSE coalesce(key_hold.headers, excluded.headers) END,
                payload = CASE WHEN excluded.state = 'DEAD' THEN NULL
                               WHEN key_hold.headers IS NULL THEN excluded.payload
                               ELSE key_hold.payload END
            """;

    /** Served by the primary key. */
    private static final String LOCK_OWN = """
            SELECT event_id, topic, key, position, type, state, hop, level, due, attempts, source_partition, source_offset
            FROM eventing.key_hold
            WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[])
            ORDER BY topic, key, position
            %s
            """;

    /** Served by the primary key and key_hold_stream. */
    private static final String BEHIND = """
            SELECT count(DISTINCT later.event_id)
            FROM eventing.key_hold own JOIN eventing.key_hold later USING (consumer, topic, key)
            WHERE own.consumer = :consumer AND own.event_id = ANY (:ids::uuid[]) AND later.position > own.position
              AND later.event_id <> ALL (:ids::uuid[])
            """;

    private static final String DELETE =
            "DELETE FROM eventing.key_hold WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[])";

    /** Removes the attempts in which a guard's call failed. Few rows are in this state. */
    private static final String TAKE_BACK = """
            UPDATE eventing.key_hold
            SET attempts = coalesce(
                (SELECT jsonb_agg(attempt ORDER BY n)
                 FROM jsonb_array_elements(attempts) WITH ORDINALITY AS a (attempt, n)
                 WHERE NOT :guard = ANY (string_to_array(coalesce(attempt ->> 'guard', ''), ','))
                    OR (attempt ->> 'at')::timestamptz < :since), '[]')
            WHERE consumer = :consumer AND state = 'RETRYING'
              AND EXISTS (SELECT FROM jsonb_array_elements(attempts) AS attempt
                          WHERE :guard = ANY (string_to_array(attempt ->> 'guard', ','))
                            AND (attempt ->> 'at')::timestamptz >= :since)
            """;

    private final JdbcClient jdbc;
    private final String consumer;

    KeyHolds(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /**
     * Returns whether any event of this group is unresolved. Otherwise {@link #lock} would have no effect, at a much higher cost,
     * since it looks up each stream of the batch.
     */
    boolean isAny() {
        return jdbc.sql(ANY).param("consumer", consumer).query(Boolean.class).single();
    }

    /** Returns the oldest unresolved events of each stream by position, locked until the transaction ends. */
    Map<EventStream, TreeMap<Long, Hold>> lock(Collection<EventStream> streams) {
        return select(String.format(Locale.ROOT, LOCK, "FOR UPDATE"), streams);
    }

    /** Reads the same rows as {@link #lock} without locking them. The result may immediately become stale. */
    Map<EventStream, TreeMap<Long, Hold>> look(Collection<EventStream> streams) {
        return select(String.format(Locale.ROOT, LOCK, ""), streams);
    }

    /** Returns the events' own rows at any position, locked until the transaction ends. */
    List<Hold> lockOwn(Collection<UUID> eventIds) {
        return own(String.format(Locale.ROOT, LOCK_OWN, "FOR UPDATE"), eventIds);
    }

    /** Reads the same rows as {@link #lockOwn} without locking them. */
    List<Hold> lookOwn(Collection<UUID> eventIds) {
        return own(String.format(Locale.ROOT, LOCK_OWN, ""), eventIds);
    }

    Optional<EventStream> streamOf(UUID eventId) {
        return lookOwn(List.of(eventId)).stream().map(Hold::stream).findFirst();
    }

    /** Returns the rows to read per stream, given the number of streams. */
    static int lookInto(int streams) {
        return Math.clamp(MOST_ROWS / Math.max(1, streams), SHORTEST_LOOK, LONGEST_LOOK);
    }

    /** Counts the other unresolved events that come after the given ones in their streams. */
    int behind(Collection<UUID> eventIds) {
        return jdbc.sql(BEHIND)
                .param("consumer", consumer)
                .param("ids", eventIds.toArray(UUID[]::new))
                .query(Integer.class)
                .single();
    }

    private List<Hold> own(String sql, Collection<UUID> eventIds) {
        if (eventIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(sql)
                .param("consumer", consumer)
                .param("ids", eventIds.toArray(UUID[]::new))
                .query(KeyHolds::hold)
                .list();
    }

    private Map<EventStream, TreeMap<Long, Hold>> select(String sql, Collection<EventStream> streams) {
        var sorted = new TreeSet<>(streams);
        var queues = new HashMap<EventStream, TreeMap<Long, Hold>>();
        jdbc.sql(sql)
                .param("consumer", consumer)
                .param("topics", sorted.stream().map(EventStream::topic).toArray(String[]::new))
                .param("keys", sorted.stream().map(EventStream::key).toArray(String[]::new))
                .param("look", lookInto(sorted.size()))
                .query(KeyHolds::hold)
                .list()
                .forEach(hold -> queues.computeIfAbsent(hold.stream(), stream -> new TreeMap<>())
                        .put(hold.position(), hold));
        return queues;
    }

    /** Writes events at their places, with the content of all events that are not dead. */
    void save(List<KeyQueues.Placed> placed) {
        ByteBudget.slices(placed, each -> each.source().bytes(), STATEMENT_BYTES)
                .forEach(this::write);
    }

    private void write(List<KeyQueues.Placed> placed) {
        var holds = placed.stream().map(KeyQueues.Placed::hold).toList();
        jdbc.sql(SAVE)
                .param("consumer", consumer)
                .param("ids", holds.stream().map(Hold::eventId).toArray(UUID[]::new))
                .param("topics", texts(holds, hold -> hold.stream().topic()))
                .param("keys", texts(holds, hold -> hold.stream().key()))
                .param("types", texts(holds, Hold::type))
                .param("states", texts(holds, hold -> hold.state().name()))
                .param("hops", holds.stream().map(Hold::hop).toArray(Integer[]::new))
                .param("levels", holds.stream().map(Hold::level).toArray(Integer[]::new))
                .param("dues", texts(holds, hold -> hold.due().toString()))
                .param("attempts", texts(holds, hold -> AttemptsJson.write(hold.attempts())))
                .param("partitions", holds.stream().map(Hold::sourcePartition).toArray(Integer[]::new))
                .param("offsets", holds.stream().map(Hold::sourceOffset).toArray(Long[]::new))
                .param("headers", texts(placed, KeyHolds::keptHeaders))
                .param("payloads", placed.stream().map(KeyHolds::keptPayload).toArray(byte[][]::new))
                .update();
    }

    void delete(Collection<UUID> eventIds) {
        if (!eventIds.isEmpty()) {
            jdbc.sql(DELETE)
                    .param("consumer", consumer)
                    .param("ids", eventIds.toArray(UUID[]::new))
                    .update();
        }
    }

    /** Removes attempts that failed under {@code guard}. Returns the number of changed events. */
    int takeBack(String guard, Instant since) {
        return jdbc.sql(TAKE_BACK)
                .param("consumer", consumer)
                .param("guard", guard)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static @Nullable String keptHeaders(KeyQueues.Placed placed) {
        return placed.hold().state() == HoldState.DEAD ? null : HoldContents.headersOf(placed.source());
    }

    private static byte @Nullable [] keptPayload(KeyQueues.Placed placed) {
        return placed.hold().state() == HoldState.DEAD ? null : placed.source().payload();
    }

    private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static Hold hold(ResultSet row, int number) throws SQLException {
        return new Hold(
                row.getObject("event_id", UUID.class),
                new EventStream(row.getString("topic"), row.getString("key")),
                row.getLong("position"),
                row.getString("type"),
                HoldState.valueOf(row.getString("state")),
                row.getInt("hop"),
                row.getInt("level"),
                row.getObject("due", OffsetDateTime.class).toInstant(),
                AttemptsJson.read(row.getString("attempts")),
                row.getInt("source_partition"),
                row.getLong("source_offset"));
    }
}
