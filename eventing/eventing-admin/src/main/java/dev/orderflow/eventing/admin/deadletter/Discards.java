package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.schema.StorableText;
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
 * Discards dead letters, including letters that wait for a replay. This also ends a replay. Events that wait behind them are released.
 * <p>
 * Many letters are discarded in several transactions, the oldest first, each with its audit record. When a request fails half-way, the
 * committed part stays discarded. The request can be repeated.
 */
class Discards {

    static final Set<DeadLetter.State> DISCARDABLE = Set.of(DeadLetter.State.DEAD, DeadLetter.State.QUEUED);

    /** Letters of one transaction. */
    static final int LARGEST_CHUNK = 500;

    /**
     * Served by dead_letter_state or, while few are closed, dead_letter_newest. Locks in the order of death, as every lock on several
     * letters does.
     */
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
    private final DiscardMetrics metrics;

    Discards(
            JdbcClient jdbc,
            String consumer,
            TransactionOperations transaction,
            Requeue requeue,
            Audit audit,
            DiscardMetrics metrics) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.transaction = transaction;
        this.requeue = requeue;
        this.audit = audit;
        this.metrics = metrics;
    }

    /** @param released the number of events that waited behind them */
    record Result(int discarded, int released) {

        private Result plus(Result other) {
            return new Result(discarded + other.discarded, released + other.released);
        }
    }

    private record Chunk(Result result, List<String> types) {}

    private record Target(Selection selection, String reason, List<UUID> letters) {}

    private record Condemned(UUID id, UUID eventId, String type, boolean holdsKey) {}

    /** Discards the selected letters. Events that die meanwhile are not discarded. */
    Result discard(Selection selection, String reason, String who) {
        var storable = StorableText.of(reason);
        var bounded = selection.notAfter(now());
        var all = new Result(0, 0);
        Chunk chunk;
        do {
            chunk = transaction.execute(status -> discardChunk(selection, bounded, storable, who));
            metrics.discarded(chunk.types());
            all = all.plus(chunk.result());
        } while (chunk.result().discarded() == LARGEST_CHUNK);
        return all;
    }

    private Chunk discardChunk(Selection selection, Selection bounded, String reason, String who) {
        var letters = next(bounded);
        if (letters.isEmpty()) {
            return new Chunk(new Result(0, 0), List.of());
        }
        var ids = letters.stream().map(Condemned::id).toList();
        var released = requeue.giveUp(letters.stream()
                .filter(Condemned::holdsKey)
                .map(Condemned::eventId)
                .toList());
        jdbc.sql(DISCARD).param("ids", ids.toArray(UUID[]::new)).update();
        var result = new Result(letters.size(), released);
        audit.record(who, Audit.DISCARDED, new Target(selection, reason, ids), result);
        return new Chunk(result, letters.stream().map(Condemned::type).toList());
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
