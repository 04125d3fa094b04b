package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.wire.HeadersJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators ask about dead letters. */
public class DeadLetterQueries {

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
            d.message, d.root_cause, d.deaths, d.state, d.first_died_at, d.died_at,
            jsonb_array_length(d.attempts) AS attempt_count,
            """ + HELD_BEHIND + " AS held_behind\n";

    /**
     * Keys are cut: whoever published a record chose its key, and a page must not consist of megabytes of them. Served by
     * dead_letter_state when a state is asked for, else by dead_letter_newest; of a key by dead_letter_key.
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

    /** Reads all letters of the state, or all letters; those of a state by dead_letter_state. */
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

    public DeadLetterQueries(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /** @param rootCause without what differs from event to event */
    record Group(
            @Nullable String handler,
            String type,
            String exception,
            String rootCause,
            LetterState state,
            long count,
            Instant first,
            Instant last) {}

    /** What an action would do. */
    record DryRun(boolean dryRun, long matching, long heldBehind) {}

    /** The newest first. */
    Page<LetterView> page(LetterQuery query) {
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

    /** @param id of the letter, or of the event */
    LetterDetails details(UUID id) {
        return jdbc.sql(DETAILS)
                .param("consumer", consumer)
                .param("id", id)
                .query(DeadLetterQueries::details)
                .optional()
                .orElseThrow(() -> UnknownIdException.ofLetter(id));
    }

    /** How many letters died of the same; the open ones first, of these the most frequent. */
    List<Group> summary(@Nullable LetterState state) {
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
                        LetterState.valueOf(row.getString("state")),
                        row.getLong("letters"),
                        Rows.instant(row, "first"),
                        Rows.instant(row, "last")))
                .list();
    }

    DryRun dryRun(Selection selection, Collection<LetterState> states) {
        var conditions = selection.conditions();
        return jdbc.sql(String.format(Locale.ROOT, MATCHING, HELD_BEHIND, conditions.sql()))
                .param("consumer", consumer)
                .param("states", states.stream().map(Enum::name).toArray(String[]::new))
                .params(conditions.parameters())
                .query((row, number) -> new DryRun(true, row.getLong("letters"), row.getLong("held_behind")))
                .single();
    }

    private static LetterView view(ResultSet row, int number) throws SQLException {
        return new LetterView(
                row.getObject("id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getString("topic"),
                row.getInt("source_partition"),
                row.getLong("source_offset"),
                row.getString("key"),
                row.getString("handler"),
                row.getString("exception"),
                row.getString("message"),
                row.getString("root_cause"),
                row.getInt("deaths"),
                LetterState.valueOf(row.getString("state")),
                Rows.instant(row, "first_died_at"),
                Rows.instant(row, "died_at"),
                row.getInt("attempt_count"),
                row.getLong("held_behind"));
    }

    private static LetterDetails details(ResultSet row, int number) throws SQLException {
        return LetterDetails.of(
                view(row, number),
                Rows.nullableInstant(row, "closed_at"),
                row.getObject("replay_id", UUID.class),
                row.getString("history"),
                RecordContent.readable(HeadersJson.read(row.getString("headers"))),
                RecordContent.json(row.getBytes("payload")));
    }

    /** Where a page ended. */
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
}
