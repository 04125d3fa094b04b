package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.retry.Requeue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives dead letters up, those too that wait for a replay: so a replay is ended. What waits behind them follows.
 * <p>
 * Many letters are given up in several transactions, the oldest first, each with its audit record. Of a request that fails
 * half-way the first ones stay given up; it can be repeated.
 */
public class Discards {

    static final Set<LetterState> DISCARDABLE = Set.of(LetterState.DEAD, LetterState.QUEUED);

    /** Letters of one transaction. */
    static final int LARGEST_CHUNK = 500;

    /** Served by dead_letter_state or, while few are closed, dead_letter_newest. Locks in the order of death, as all do who lock several letters. */
    private static final String NEXT = """
            SELECT d.id, d.event_id, d.type, d.holds_key
            FROM eventing.dead_letter d
            WHERE d.consumer = :consumer AND d.state IN ('DEAD', 'QUEUED') AND %s
            ORDER BY d.died_at, d.id
            LIMIT :limit
            FOR UPDATE
            """;

    private static final String DISCARD = """
            UPDATE eventing.dead_letter SET state = 'DISCARDED', closed_at = now() WHERE id = ANY (:ids::uuid[])
            """;

    private final JdbcClient jdbc;
    private final String consumer;
    private final TransactionOperations transaction;
    private final Requeue requeue;
    private final Audit audit;
    private final DeadLetterMetrics metrics;

    public Discards(
            JdbcClient jdbc,
            String consumer,
            TransactionOperations transaction,
            Requeue requeue,
            Audit audit,
            DeadLetterMetrics metrics) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.transaction = transaction;
        this.requeue = requeue;
        this.audit = audit;
        this.metrics = metrics;
    }

    /** @param released events that waited behind them */
    record Result(int discarded, int released) {

        private Result plus(Result other) {
            return new Result(discarded + other.discarded, released + other.released);
        }
    }

    private record Target(Selection selection, String reason, List<UUID> letters) {}

    private record Condemned(UUID id, UUID eventId, String type, boolean holdsKey) {}

    /** What dies while this goes on stays. */
    Result discard(Selection selection, String reason, String who) {
        var bounded = selection.notAfter(now());
        var all = new Result(0, 0);
        Result chunk;
        do {
            chunk = transaction.execute(status -> discardChunk(selection, bounded, reason, who));
            all = all.plus(chunk);
        } while (chunk.discarded() == LARGEST_CHUNK);
        return all;
    }

    private Result discardChunk(Selection selection, Selection bounded, String reason, String who) {
        var letters = next(bounded);
        if (letters.isEmpty()) {
            return new Result(0, 0);
        }
        var ids = letters.stream().map(Condemned::id).toList();
        var released = requeue.giveUp(letters.stream()
                .filter(Condemned::holdsKey)
                .map(Condemned::eventId)
                .toList());
        jdbc.sql(DISCARD).param("ids", ids.toArray(UUID[]::new)).update();
        var result = new Result(letters.size(), released);
        audit.record(who, Audit.DISCARDED, new Target(selection, reason, ids), result);
        metrics.discarded(letters.stream().map(Condemned::type).toList());
        return result;
    }

    private List<Condemned> next(Selection selection) {
        var conditions = selection.conditions();
        return jdbc.sql(String.format(Locale.ROOT, NEXT, conditions.sql()))
                .param("consumer", consumer)
                .param("limit", LARGEST_CHUNK)
                .params(conditions.parameters())
                .query(Discards::condemned)
                .list();
    }

    private static Condemned condemned(ResultSet row, int number) throws SQLException {
        return new Condemned(
                row.getObject("id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getBoolean("holds_key"));
    }

    private Instant now() {
        return jdbc.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
