package dev.orderflow.eventing.deadletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators ask about the events that were taken in but have not had their effect. */
public class Holds {

    /** Served by key_hold_position; of a topic's key by key_hold_stream, as is the search for what an event waits for. */
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

    /** Reads all holds of the consumer: it is the exception that there are any. */
    private static final String SUMMARY = """
            SELECT count(*) FILTER (WHERE state = 'RETRYING') AS retrying,
                   count(*) FILTER (WHERE state = 'HELD') AS held,
                   count(*) FILTER (WHERE state = 'PARKED') AS parked,
                   count(*) FILTER (WHERE state = 'DEAD') AS dead,
                   min(since) AS oldest
            FROM eventing.key_hold
            WHERE consumer = :consumer
            """;

    /** Reads all holds of the consumer, too. */
    private static final String TALLIES = """
            SELECT type, state, count(*) AS holds, extract(epoch FROM clock_timestamp() - min(since)) AS oldest_age
            FROM eventing.key_hold
            WHERE consumer = :consumer
            GROUP BY type, state
            """;

    private final JdbcClient jdbc;
    private final String consumer;

    public Holds(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /**
     * An event that has not had its effect.
     *
     * @param position its place among the events of its key
     * @param waitsFor the oldest event of its key that others have to wait for; null when it waits for none
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

    /** @param oldestAge in seconds */
    record Tally(String type, HoldState state, long count, double oldestAge) {}

    /** In the order in which they were taken in. */
    Page<View> page(HoldQuery query) {
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

    List<Tally> tallies() {
        return jdbc.sql(TALLIES)
                .param("consumer", consumer)
                .query((row, number) -> new Tally(
                        row.getString("type"),
                        HoldState.valueOf(row.getString("state")),
                        row.getLong("holds"),
                        row.getDouble("oldest_age")))
                .list();
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
}
