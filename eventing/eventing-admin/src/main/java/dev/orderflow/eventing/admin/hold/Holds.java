package dev.orderflow.eventing.admin.hold;

import dev.orderflow.eventing.admin.Conditions;
import dev.orderflow.eventing.admin.CursorToken;
import dev.orderflow.eventing.admin.Page;
import dev.orderflow.eventing.admin.RequestLimits;
import dev.orderflow.eventing.admin.Rows;
import dev.orderflow.eventing.retry.HoldState;
import dev.orderflow.eventing.schema.StorableText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Operators' queries about events that were consumed but have not taken effect. */
class Holds {

    /**
     * Served by key_hold_position. Served by key_hold_stream for the filter by key, and for the search for the event that another
     * one waits for.
     */
    private static final String PAGE = """
            SELECT h.event_id, h.type, h.topic, h.key, h.position, h.state, h.since, h.level, h.due,
                   jsonb_array_length(h.attempts) AS attempts,
                   (SELECT earlier.event_id
                    FROM eventing.key_hold earlier
                    WHERE earlier.consumer = h.consumer AND earlier.topic = h.topic AND earlier.key = h.key
                      AND earlier.position < h.position
                    ORDER BY earlier.position
                    LIMIT 1) AS waits_for
            FROM eventing.key_hold h
            WHERE h.consumer = :consumer AND %s
            ORDER BY h.position
            LIMIT :limit
            """;

    /** Reads all holds of the consumer, which are few. */
    private static final String SUMMARY = """
            SELECT count(*) FILTER (WHERE state = 'RETRYING') AS retrying,
                   count(*) FILTER (WHERE state = 'HELD') AS held,
                   count(*) FILTER (WHERE state = 'PARKED') AS parked,
                   count(*) FILTER (WHERE state = 'DEAD') AS dead,
                   min(since) AS oldest
            FROM eventing.key_hold
            WHERE consumer = :consumer
            """;

    private final JdbcClient jdbc;
    private final String consumer;

    Holds(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /**
     * An event that has not taken effect.
     *
     * @param position its place among the events of its key
     * @param waitsFor the oldest event of its key for which others wait; null if the event does not wait
     */
    record View(
            UUID eventId,
            String type,
            String topic,
            String key,
            long position,
            HoldState state,
            Instant since,
            int level,
            Instant due,
            int attempts,
            @Nullable UUID waitsFor) {}

    record Summary(
            long retrying,
            long held,
            long parked,
            long dead,
            @Nullable Instant oldestSince) {}

    /** Returns a page of holds, in the order in which the events were consumed. */
    Page<View> page(Query query) {
        var conditions =
                query.conditions().and("h.position > :last", "last", CursorToken.read(query.cursor(), Long::parseLong));
        var found = jdbc.sql(String.format(Locale.ROOT, PAGE, conditions.sql()))
                .param("consumer", consumer)
                .param("limit", query.limit() + 1)
                .params(conditions.parameters())
                .query(Holds::view)
                .list();
        return Page.of(found, query.limit(), hold -> Long.toString(hold.position()));
    }

    Summary summary() {
        return jdbc.sql(SUMMARY)
                .param("consumer", consumer)
                .query((row, number) -> new Summary(
                        row.getLong("retrying"),
                        row.getLong("held"),
                        row.getLong("parked"),
                        row.getLong("dead"),
                        Rows.nullableInstant(row, "oldest")))
                .single();
    }

    private static View view(ResultSet row, int number) throws SQLException {
        return new View(
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getString("topic"),
                row.getString("key"),
                row.getLong("position"),
                HoldState.valueOf(row.getString("state")),
                Rows.instant(row, "since"),
                row.getInt("level"),
                Rows.instant(row, "due"),
                row.getInt("attempts"),
                row.getObject("waits_for", UUID.class));
    }

    /** The parameters of a list of holds. */
    record Query(
            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String topic,

            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String key,

            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String type,

            @Nullable HoldState state,
            @Nullable @Min(1) @Max(500) Integer limit,
            @Nullable String cursor) {

        private static final int DEFAULT_LIMIT = 50;

        Query {
            limit = limit == null ? (Integer) DEFAULT_LIMIT : limit;
        }

        Conditions conditions() {
            return new Conditions()
                    .and("h.topic = :topic", "topic", given(topic))
                    .and("h.key = :key", "key", given(key))
                    .and("h.type = :type", "type", given(type))
                    .and("h.state = :state", "state", state == null ? null : state.name());
        }

        private static @Nullable String given(@Nullable String value) {
            return value == null || value.isEmpty() ? null : StorableText.of(value);
        }
    }
}
