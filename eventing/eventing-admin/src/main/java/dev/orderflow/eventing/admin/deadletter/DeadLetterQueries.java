package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.Conditions;
import dev.orderflow.eventing.admin.CursorToken;
import dev.orderflow.eventing.admin.Page;
import dev.orderflow.eventing.admin.RefusedRequest;
import dev.orderflow.eventing.admin.RequestLimits;
import dev.orderflow.eventing.admin.Rows;
import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Operators' queries about dead letters. */
class DeadLetterQueries {

    static final int MOST_GROUPS = 500;

    /** Served by the primary key of key_hold, then key_hold_stream. */
    private static final String HELD_BEHIND = """
            (SELECT count(*)
             FROM eventing.key_hold own
             JOIN eventing.key_hold later ON later.consumer = own.consumer AND later.topic = own.topic AND later.key = own.key
                                AND later.position > own.position
             WHERE own.consumer = d.consumer AND own.event_id = d.event_id)
            """;

    private static final String COLUMNS = """
            d.id, d.event_id, d.type, d.topic, d.source_partition, d.source_offset, %s AS key, d.handler, d.exception,
            """ + LetterTenant.SQL + """
             AS tenant,
            d.message, d.root_cause, d.deaths, d.state, d.first_died_at, d.died_at,
            jsonb_array_length(d.attempts) AS attempt_count,
            """ + HELD_BEHIND + " AS held_behind\n";

    /**
     * Truncates keys, because publishers choose them and a page must not contain megabytes of them. Served by dead_letter_state
     * for a state, by dead_letter_key for a key, otherwise by dead_letter_newest.
     */
    private static final String PAGE = "SELECT " + String.format(Locale.ROOT, COLUMNS, "left(d.key, 1000)") + """
            FROM eventing.dead_letter d
            WHERE d.consumer = :consumer AND %s
            ORDER BY d.died_at DESC, d.id DESC
            LIMIT :limit
            """;

    /** Served by the primary key and by dead_letter_event. */
    private static final String DETAILS =
            "SELECT d.closed_at, d.replay_id, d.attempts::text AS history, d.headers, d.payload, "
                    + String.format(Locale.ROOT, COLUMNS, "d.key") + """
            FROM eventing.dead_letter d
            WHERE d.consumer = :consumer AND (d.id = :id OR d.event_id = :id)
            ORDER BY d.id = :id DESC
            LIMIT 1
            """;

    /** Reads all letters, or all letters of a state. The latter is served by dead_letter_state. */
    private static final String SUMMARY = """
            SELECT d.handler, d.type, d.exception, d.cause_group, d.state, count(*) AS letters,
                   min(d.first_died_at) AS first, max(d.died_at) AS last
            FROM eventing.dead_letter d
            WHERE d.consumer = :consumer AND %s
            GROUP BY d.handler, d.type, d.exception, d.cause_group, d.state
            ORDER BY array_position(ARRAY['DEAD', 'QUEUED', 'REPLAYING', 'REPLAYED', 'DISCARDED'], d.state),
                     letters DESC, last DESC
            LIMIT :limit
            """;

    /** Served by dead_letter_state. */
    private static final String MATCHING = """
            SELECT count(*) AS letters, coalesce(sum(held_behind), 0) AS held_behind
            FROM (SELECT %s AS held_behind
                  FROM eventing.dead_letter d
                  WHERE d.consumer = :consumer AND d.state = ANY (:states::text[]) AND %s) AS matching
            """;

    private final JdbcClient jdbc;
    private final String consumer;

    DeadLetterQueries(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /** @param rootCause the root cause without the parts that differ between events */
    record Group(
            @Nullable String handler,
            String type,
            String exception,
            String rootCause,
            DeadLetter.State state,
            long count,
            Instant first,
            Instant last) {}

    /** The effect that an action would have. */
    record DryRun(boolean dryRun, long matching, long heldBehind) {}

    /** Returns a page of dead letters, the newest first. */
    Page<DeadLetter> page(DeadLetterQueries.Query query) {
        var after = CursorToken.read(query.cursor(), Position::parse);
        var conditions = query.conditions();
        if (after != null) {
            conditions
                    .and("(d.died_at, d.id) < (:lastDiedAt, :lastId)", "lastDiedAt", after.diedAt())
                    .and("TRUE", "lastId", after.id());
        }
        var found = jdbc.sql(String.format(Locale.ROOT, PAGE, conditions.sql()))
                .param("consumer", consumer)
                .param("limit", query.limit() + 1)
                .params(conditions.parameters())
                .query(DeadLetterQueries::view)
                .list();
        return Page.of(found, query.limit(), letter -> new Position(letter.diedAt(), letter.id()).toString());
    }

    /** @param id the id of the letter or of its event */
    DeadLetter.Details details(UUID id) {
        return jdbc.sql(DETAILS)
                .param("consumer", consumer)
                .param("id", id)
                .query(DeadLetterQueries::details)
                .optional()
                .orElseThrow(() -> RefusedRequest.Unknown.letter(id));
    }

    /** Counts the letters of each cause. Open letters come first, the most frequent of them at the top. */
    List<Group> summary(DeadLetter.@Nullable State state) {
        var conditions = new Conditions().and("d.state = :state", "state", state == null ? null : state.name());
        return jdbc.sql(String.format(Locale.ROOT, SUMMARY, conditions.sql()))
                .param("consumer", consumer)
                .param("limit", MOST_GROUPS)
                .params(conditions.parameters())
                .query((row, number) -> new Group(
                        row.getString("handler"),
                        row.getString("type"),
                        row.getString("exception"),
                        row.getString("cause_group"),
                        DeadLetter.State.valueOf(row.getString("state")),
                        row.getLong("letters"),
                        Rows.instant(row, "first"),
                        Rows.instant(row, "last")))
                .list();
    }

    DryRun dryRun(Selection selection, Collection<DeadLetter.State> states) {
        var conditions = selection.conditions();
        return jdbc.sql(String.format(Locale.ROOT, MATCHING, HELD_BEHIND, conditions.sql()))
                .param("consumer", consumer)
                .param("states", states.stream().map(Enum::name).toArray(String[]::new))
                .params(conditions.parameters())
                .query((row, number) -> new DryRun(true, row.getLong("letters"), row.getLong("held_behind")))
                .single();
    }

    private static DeadLetter view(ResultSet row, int number) throws SQLException {
        return new DeadLetter(
                row.getObject("id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getString("topic"),
                row.getInt("source_partition"),
                row.getLong("source_offset"),
                row.getString("key"),
                LetterTenant.read(row.getString("tenant")),
                row.getString("handler"),
                row.getString("exception"),
                row.getString("message"),
                row.getString("root_cause"),
                row.getInt("deaths"),
                DeadLetter.State.valueOf(row.getString("state")),
                Rows.instant(row, "first_died_at"),
                Rows.instant(row, "died_at"),
                row.getInt("attempt_count"),
                row.getLong("held_behind"));
    }

    private static DeadLetter.Details details(ResultSet row, int number) throws SQLException {
        return DeadLetter.Details.of(
                view(row, number),
                Rows.nullableInstant(row, "closed_at"),
                row.getObject("replay_id", UUID.class),
                row.getString("history"),
                RecordContent.readable(HeadersJson.read(row.getString("headers"))),
                RecordContent.json(row.getBytes("payload")));
    }

    /** The position at which a page ended. */
    private record Position(Instant diedAt, UUID id) {

        private static Position parse(String text) {
            var parts = text.split(" ", 2);
            return new Position(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        }

        @Override
        public String toString() {
            return diedAt + " " + id;
        }
    }

    /**
     * The parameters of a list of dead letters.
     *
     * @param from the earliest time of death, inclusive
     * @param to   the latest time of death, exclusive
     */
    record Query(
            DeadLetter.@Nullable State state,

            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String type,

            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String handler,

            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String exception,

            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String topic,

            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String key,

            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String tenant,

            @Nullable @Size(max = RequestLimits.LONGEST_VALUE)
            String rootCause,

            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable @Min(1) @Max(500) Integer limit,
            @Nullable String cursor) {

        private static final int DEFAULT_LIMIT = 50;

        Query {
            limit = limit == null ? (Integer) DEFAULT_LIMIT : limit;
        }

        Conditions conditions() {
            var conditions = new Conditions()
                    .and("d.state = :state", "state", state == null ? null : state.name())
                    .and("d.died_at >= :from", "from", from)
                    .and("d.died_at < :to", "to", to);
            new Selection.Filter(type, handler, exception, topic, key, tenant, rootCause).addTo(conditions);
            return conditions;
        }
    }
}
