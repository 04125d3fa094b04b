package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.eventing.admin.AdminJson;
import dev.orderflow.eventing.admin.Conditions;
import dev.orderflow.eventing.admin.CursorToken;
import dev.orderflow.eventing.admin.Page;
import dev.orderflow.eventing.admin.RefusedRequest;
import dev.orderflow.eventing.admin.Rows;
import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.schema.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Requests replays and reports their progress. {@link ReplayWorker} does the work. */
class Replays {

    private static final String REQUEST = """
            INSERT INTO eventing.dead_letter_replay (consumer, requested_by, requested_in, selection, rate_per_second)
            VALUES (:consumer, :who, :tenant, :selection::jsonb, :rate)
            RETURNING id
            """;

    /** Served by dead_letter_state. Locks in the order of death, as every lock on several letters does. */
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

    /**
     * Served by the primary key or dead_letter_replay_newest. One scan of dead_letter_replayed reads the letters of all shown replays.
     */
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

    /** @param wakeWorker runs when there is a new request */
    Replays(JdbcClient jdbc, String consumer, TransactionOperations transaction, Audit audit, Runnable wakeWorker) {
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
     * A replay. A letter counts for the last replay that selected it, so the counts of an older one may add up to less than its
     * total.
     *
     * @param state     RUNNING as long as a letter is queued; DONE does not mean that all events took effect
     * @param deadAgain the number of letters that died again or could not be sent
     */
    record View(
            UUID id,

            @PersonalData(value = "who did it", kept = "for good", erased = "kept as evidence")
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

    /** Queues the selected letters that are dead. */
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

    /** Returns a page of replays, the newest first. */
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
                .orElseThrow(() -> RefusedRequest.Unknown.replay(id));
    }

    private UUID insert(Selection selection, @Nullable Double ratePerSecond, String who) {
        return jdbc.sql(REQUEST)
                .param("consumer", consumer)
                .param("who", StorableText.of(who))
                .param("tenant", EventContext.current().tenantId(), Types.VARCHAR)
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
