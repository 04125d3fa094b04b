package dev.orderflow.eventing.deadletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Requests for replays, and how far they have come. {@link ReplayWorker} does the work. */
public class Replays {

    private static final String REQUEST = """
            INSERT INTO eventing.dead_letter_replay (consumer, requested_by, selection, rate_per_second)
            VALUES (:consumer, :who, :selection::jsonb, :rate)
            RETURNING id
            """;

    /** Served by dead_letter_state. Locks in the order of death, as all do who lock several letters. */
    private static final String ENQUEUE = """
            WITH chosen AS (
                SELECT d.id FROM eventing.dead_letter d
                WHERE d.consumer = :consumer AND d.state = 'DEAD' AND %s
                ORDER BY d.died_at, d.id
                FOR UPDATE
            ), queued AS (
                UPDATE eventing.dead_letter d SET state = 'QUEUED', replay_id = :replay
                FROM chosen WHERE d.id = chosen.id
                RETURNING d.id
            )
            UPDATE eventing.dead_letter_replay SET total = (SELECT count(*) FROM queued) WHERE id = :replay
            """;

    /** Served by the primary key or dead_letter_replay_newest; their letters by dead_letter_replayed, all at once. */
    private static final String VIEWS = """
            WITH shown AS (
                SELECT * FROM eventing.dead_letter_replay r WHERE r.consumer = :consumer AND %s ORDER BY r.id DESC LIMIT :limit
            ), progress AS (
                SELECT d.replay_id,
                       count(*) FILTER (WHERE d.state = 'QUEUED') AS queued,
                       count(*) FILTER (WHERE d.state = 'REPLAYING') AS replaying,
                       count(*) FILTER (WHERE d.state = 'REPLAYED') AS replayed,
                       count(*) FILTER (WHERE d.state = 'DEAD') AS dead_again,
                       count(*) FILTER (WHERE d.state = 'DISCARDED') AS discarded
                FROM eventing.dead_letter d
                WHERE d.replay_id IN (SELECT id FROM shown)
                GROUP BY d.replay_id
            )
            SELECT shown.*, progress.*
            FROM shown LEFT JOIN progress ON progress.replay_id = shown.id
            ORDER BY shown.id DESC
            """;

    private final JdbcClient jdbc;
    private final String consumer;
    private final TransactionOperations transaction;
    private final Audit audit;
    private final Runnable wakeWorker;

    /** @param wakeWorker is run when there is something to do */
    public Replays(
            JdbcClient jdbc, String consumer, TransactionOperations transaction, Audit audit, Runnable wakeWorker) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.transaction = transaction;
        this.audit = audit;
        this.wakeWorker = wakeWorker;
    }

    enum State {
        RUNNING,
        DONE
    }

    /**
     * A replay. A letter counts for the last replay that took it, so the counts of an older one may add up to less than its
     * total.
     *
     * @param state     RUNNING as long as a letter is queued; DONE does not mean that all have had their effect
     * @param deadAgain died once more, or could not be sent
     */
    record View(
            UUID id,
            String requestedBy,
            Instant requestedAt,
            State state,
            int total,
            int queued,
            int replaying,
            int replayed,
            int deadAgain,
            int discarded,
            @Nullable Double ratePerSecond,
            @Nullable Instant finishedAt) {}

    /** Marks those of the selected letters that are dead as queued. */
    View request(Selection selection, @Nullable Double ratePerSecond, String who) {
        var view = transaction.execute(status -> {
            var id = insert(selection, ratePerSecond, who);
            var conditions = selection.conditions();
            jdbc.sql(String.format(Locale.ROOT, ENQUEUE, conditions.sql()))
                    .param("consumer", consumer)
                    .param("replay", id)
                    .params(conditions.parameters())
                    .update();
            var replay = find(id);
            audit.record(who, Audit.REPLAY_REQUESTED, selection, Map.of("replay", id, "total", replay.total()));
            return replay;
        });
        wakeWorker.run();
        return view;
    }

    /** The newest first. */
    Page<View> page(int limit, @Nullable String cursor) {
        var conditions = new Conditions().and("r.id < :last", "last", CursorToken.read(cursor, UUID::fromString));
        var found = jdbc.sql(String.format(Locale.ROOT, VIEWS, conditions.sql()))
                .param("consumer", consumer)
                .param("limit", limit + 1)
                .params(conditions.parameters())
                .query(Replays::view)
                .list();
        return Page.of(found, limit, replay -> replay.id().toString());
    }

    View find(UUID id) {
        return jdbc.sql(String.format(Locale.ROOT, VIEWS, "r.id = :id"))
                .param("consumer", consumer)
                .param("limit", 1)
                .param("id", id)
                .query(Replays::view)
                .optional()
                .orElseThrow(() -> UnknownIdException.ofReplay(id));
    }

    private UUID insert(Selection selection, @Nullable Double ratePerSecond, String who) {
        return jdbc.sql(REQUEST)
                .param("consumer", consumer)
                .param("who", who)
                .param("selection", AdminJson.write(selection))
                .param("rate", ratePerSecond)
                .query(UUID.class)
                .single();
    }

    private static View view(ResultSet row, int number) throws SQLException {
        return new View(
                row.getObject("id", UUID.class),
                row.getString("requested_by"),
                Rows.instant(row, "requested_at"),
                State.valueOf(row.getString("state")),
                row.getInt("total"),
                row.getInt("queued"),
                row.getInt("replaying"),
                row.getInt("replayed"),
                row.getInt("dead_again"),
                row.getInt("discarded"),
                row.getObject("rate_per_second", Double.class),
                Rows.nullableInstant(row, "finished_at"));
    }
}
