package dev.orderflow.eventing.admin.outbox;

import dev.orderflow.eventing.admin.Conditions;
import dev.orderflow.eventing.admin.CursorToken;
import dev.orderflow.eventing.admin.Page;
import dev.orderflow.eventing.admin.RefusedRequest;
import dev.orderflow.eventing.admin.Rows;
import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.schema.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Operators' actions on events that the broker rejected, and on events that wait behind them. They only change the state of
 * events. The relay that sends their keys processes the change within half a second.
 */
class Parking {

    /** Served by the primary key. */
    private static final String PAGE = """
            SELECT id, event_id, topic, key, type, sequence, state, cause, parked_at, octet_length(payload) AS bytes
            FROM eventing.outbox_parked
            WHERE %s
            ORDER BY id
            LIMIT :limit
            """;

    /** Serializes these actions and those of the relay. V8__parking_in_turn.sql explains the lock. */
    private static final String LOCK = """
            SELECT bucket FROM (SELECT array_agg(DISTINCT bucket)::integer[] AS buckets FROM eventing.outbox_parked WHERE %s) AS found
            CROSS JOIN LATERAL eventing.outbox_lock_parked(buckets) CROSS JOIN LATERAL unnest(buckets) AS bucket
            """;

    private static final String RELEASE = """
            UPDATE eventing.outbox_parked SET state = 'RELEASED', cause = NULL
            WHERE state IN ('PARKED', 'WAITING') AND bucket = ANY (:buckets::smallint[]) AND %s
            """;

    /** Served by outbox_parked_event. */
    private static final String DISCARD = """
            UPDATE eventing.outbox_parked SET state = 'DISCARDED'
            WHERE event_id = :id AND state <> 'DISCARDED' AND coalesce(sending_until < now(), true)
            """;

    /** Served by outbox_parked_event. */
    private static final String STILL_PARKED =
            "SELECT EXISTS (SELECT FROM eventing.outbox_parked WHERE event_id = :id AND state <> 'DISCARDED')";

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Audit audit;

    Parking(JdbcClient jdbc, TransactionOperations transaction, Audit audit) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
    }

    /**
     * A parked event.
     *
     * @param cause the reason for which the broker rejected it; null if it only waits behind another event of its key
     * @param bytes the size of its payload
     */
    record View(
            UUID eventId,
            String topic,
            String key,
            String type,
            long sequence,
            String state,
            @Nullable String cause,
            Instant parkedAt,
            int bytes) {}

    /** @param released the number of events that are sent again, or that follow the discarded one */
    record Result(int released) {}

    private record Row(long id, View view) {}

    private record Discarded(UUID eventId, String reason) {}

    private record Released(
            @Nullable String topic, @Nullable String key) {}

    /** Returns a page of parked events, in the order in which they were published. */
    Page<View> page(int limit, @Nullable String cursor) {
        var conditions = new Conditions().and("id > :last", "last", CursorToken.read(cursor, Long::parseLong));
        var found = jdbc.sql(String.format(Locale.ROOT, PAGE, conditions.sql()))
                .param("limit", limit + 1)
                .params(conditions.parameters())
                .query(Parking::row)
                .list();
        var page = Page.of(found, limit, row -> Long.toString(row.id()));
        return new Page<>(page.items().stream().map(Row::view).toList(), page.nextCursor());
    }

    /** Releases events to be sent again: those of one key, or all if neither topic nor key is given. */
    Result release(@Nullable String topic, @Nullable String key, String who) {
        var conditions = new Conditions()
                .and("topic = :topic", "topic", StorableText.ofNullable(topic))
                .and("key = :key", "key", StorableText.ofNullable(key));
        return transaction.execute(status -> {
            var released = jdbc.sql(String.format(Locale.ROOT, RELEASE, conditions.sql()))
                    .params(conditions.parameters())
                    .param("buckets", lock(conditions.sql(), conditions.parameters()))
                    .update();
            audit.record(who, Audit.RELEASED, new Released(topic, key), new Result(released));
            return new Result(released);
        });
    }

    /**
     * Discards one event, which will never be published. Events that wait behind it will be published.
     *
     * @throws RefusedRequest.Unknown   if no such event is parked
     * @throws RefusedRequest.BeingSent if the relay may be sending it
     */
    void discard(UUID eventId, String reason, String who) {
        transaction.executeWithoutResult(status -> {
            lock("event_id = :id", Map.of("id", eventId));
            if (jdbc.sql(DISCARD).param("id", eventId).update() == 0) {
                throw isParked(eventId)
                        ? new RefusedRequest.BeingSent(eventId)
                        : RefusedRequest.Unknown.parked(eventId);
            }
            audit.record(who, Audit.UNPUBLISHED, new Discarded(eventId, StorableText.of(reason)), "discarded");
        });
    }

    /** Locks the buckets of the events that {@code condition} selects until the transaction ends, and returns them. */
    private Integer[] lock(String condition, Map<String, Object> parameters) {
        return jdbc.sql(String.format(Locale.ROOT, LOCK, condition))
                .params(parameters)
                .query(Integer.class)
                .list()
                .toArray(Integer[]::new);
    }

    private boolean isParked(UUID eventId) {
        return jdbc.sql(STILL_PARKED).param("id", eventId).query(Boolean.class).single();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("id"),
                new View(
                        row.getObject("event_id", UUID.class),
                        row.getString("topic"),
                        row.getString("key"),
                        row.getString("type"),
                        row.getLong("sequence"),
                        row.getString("state"),
                        row.getString("cause"),
                        Rows.instant(row, "parked_at"),
                        row.getInt("bytes")));
    }
}
