package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.admin.Rows;
import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.retry.ByteBudget;
import dev.orderflow.eventing.retry.Requeue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Advances a replay by one chunk, which is a transaction: lock the replay, select its next queued letters in the order of death,
 * send them, and store when the rate allows the next. The database contains the whole state of a replay. A replay can therefore
 * be interrupted anywhere, and any instance can continue it. The lock lets one instance at a time work on it.
 * <p>
 * A letter is not sent if the retries report that its event is not dead. If the event is in another state there, it is already
 * being retried. The letter is then REPLAYING, and its result is reported as usual. If the retries have no such event, no result
 * will be reported. The letter is then DEAD again for an operator to examine, since it is unknown whether the event took effect.
 */
class ReplayChunks {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayChunks.class);

    /** The maximum number of letters per transaction. */
    static final int LARGEST = 100;

    /** Maximum bytes of content in memory at once. A larger letter is read alone. */
    static final long LARGEST_BYTES = 8L << 20;

    /** Poll interval for a replay that is rate-limited or locked. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Minimum pause, so that a high rate is served in chunks. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

    /**
     * SQL states of timeouts: idle in transaction, transaction, and lock. Spring does not translate them to specific exceptions.
     */
    private static final Set<String> TIME_LIMITS = Set.of("25P03", "25P04", "55P03");

    /** Served by dead_letter_replay_running. */
    private static final String RUNNING = """
            SELECT id FROM eventing.dead_letter_replay WHERE consumer = :consumer AND state = 'RUNNING' ORDER BY id
            """;

    private static final String CLAIM = """
            SELECT requested_by, requested_in, rate_per_second, due, clock_timestamp() AS now
            FROM eventing.dead_letter_replay
            WHERE id = :replay AND state = 'RUNNING'
            FOR UPDATE SKIP LOCKED
            """;

    /** Served by dead_letter_queue. PostgreSQL knows the size of a TOASTed value without reading it. */
    private static final String NEXT = """
            SELECT d.id,
                   octet_length(d.headers) + coalesce(octet_length(d.payload), 0) + coalesce(octet_length(d.key), 0) AS bytes
            FROM eventing.dead_letter d
            WHERE d.replay_id = :replay AND d.state = 'QUEUED'
            ORDER BY d.died_at, d.id
            LIMIT :limit
            FOR UPDATE
            """;

    /** Served by the primary key. */
    private static final String LETTERS = "SELECT " + QueuedLetter.COLUMNS + """
            FROM eventing.dead_letter d
            WHERE d.id = ANY (:ids::uuid[])
            ORDER BY d.died_at, d.id
            """;

    private static final String SENT =
            "UPDATE eventing.dead_letter SET state = 'REPLAYING' WHERE id = ANY (:ids::uuid[])";

    /** Served by the primary keys of both tables. */
    private static final String REFUSED = """
            UPDATE eventing.dead_letter d
            SET state = CASE WHEN EXISTS (SELECT FROM eventing.key_hold h
                                          WHERE h.consumer = d.consumer AND h.event_id = d.event_id AND h.state <> 'DEAD')
                             THEN 'REPLAYING' ELSE 'DEAD' END
            WHERE d.id = ANY (:ids::uuid[])
            """;

    private static final String GIVE_BACK =
            "UPDATE eventing.dead_letter SET state = 'DEAD' WHERE id = :id AND state = 'QUEUED'";

    /** Served by dead_letter_queue. */
    private static final String ANY_LEFT =
            "SELECT EXISTS (SELECT FROM eventing.dead_letter WHERE replay_id = :replay AND state = 'QUEUED')";

    private static final String PACE = "UPDATE eventing.dead_letter_replay SET due = :due WHERE id = :replay";

    private static final String FINISH =
            "UPDATE eventing.dead_letter_replay SET state = 'DONE', finished_at = clock_timestamp() WHERE id = :replay";

    private final JdbcClient jdbc;
    private final String consumer;
    private final TransactionOperations transaction;
    private final Requeue requeue;
    private final Replays replays;
    private final Audit audit;

    ReplayChunks(
            JdbcClient jdbc,
            String consumer,
            TransactionOperations transaction,
            Requeue requeue,
            Replays replays,
            Audit audit) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.transaction = transaction;
        this.requeue = requeue;
        this.replays = replays;
        this.audit = audit;
    }

    /** @param tenant that of who has requested the replay; null if unknown */
    private record Claim(String requestedBy, @Nullable String tenant, Pace pace) {}

    private record Queued(UUID id, long bytes) {}

    List<UUID> running() {
        return jdbc.sql(RUNNING).param("consumer", consumer).query(UUID.class).list();
    }

    /**
     * Sends the next letters of a replay. Returns the time to wait before the next call; empty when the replay is done.
     *
     * @throws UnsendableLetterException if one of them cannot be sent; none is sent then
     */
    Optional<Duration> advance(UUID replay) {
        return transaction.execute(
                status -> claim(replay).map(claim -> advance(replay, claim)).orElse(Optional.of(LONGEST_PAUSE)));
    }

    /** Makes an unsendable letter dead again. */
    void giveBack(UUID letter) {
        jdbc.sql(GIVE_BACK).param("id", letter).update();
    }

    private Optional<Duration> advance(UUID replay, Claim claim) {
        var sent = send(replay, claim.pace().allowed(LARGEST));
        if (!anyLeft(replay)) {
            finish(replay, claim);
            return Optional.empty();
        }
        if (claim.pace().ratePerSecond() == null) {
            return Optional.of(Duration.ZERO);
        }
        var due = claim.pace().dueAfter(sent);
        jdbc.sql(PACE)
                .param("replay", replay)
                .param("due", due.atOffset(ZoneOffset.UTC))
                .update();
        return Optional.of(pause(Duration.between(claim.pace().now(), due)));
    }

    private Optional<Claim> claim(UUID replay) {
        return jdbc.sql(CLAIM)
                .param("replay", replay)
                .query(ReplayChunks::claim)
                .optional();
    }

    private static Claim claim(ResultSet row, int number) throws SQLException {
        var pace = new Pace(
                row.getObject("rate_per_second", Double.class), Rows.instant(row, "due"), Rows.instant(row, "now"));
        return new Claim(row.getString("requested_by"), row.getString("requested_in"), pace);
    }

    private int send(UUID replay, int allowed) {
        var letters = next(replay, allowed);
        var sent = new ArrayList<UUID>();
        var refused = new ArrayList<UUID>();
        for (var letter : inLockOrder(letters)) {
            (isSent(letter) ? sent : refused).add(letter.id());
        }
        update(SENT, sent);
        update(REFUSED, refused);
        return letters.size();
    }

    private List<QueuedLetter> next(UUID replay, int allowed) {
        var queued = jdbc.sql(NEXT)
                .param("replay", replay)
                .param("limit", allowed)
                .query((row, number) -> new Queued(row.getObject("id", UUID.class), row.getLong("bytes")))
                .list();
        var ids = ByteBudget.fitting(queued, Queued::bytes, LARGEST_BYTES).stream()
                .map(Queued::id)
                .toArray(UUID[]::new);
        return jdbc.sql(LETTERS).param("ids", ids).query(QueuedLetter::read).list();
    }

    /** Sorts letters by stream, the order in which the retries lock streams. The letters of a stream stay in the order of death. */
    private static List<QueuedLetter> inLockOrder(List<QueuedLetter> letters) {
        return letters.stream()
                .sorted(Comparator.comparing(letter -> letter.source().stream()))
                .toList();
    }

    private boolean isSent(QueuedLetter letter) {
        try {
            if (requeue.again(letter.source(), letter.holdsKey())) {
                return true;
            }
        } catch (TransientDataAccessException | DataAccessResourceFailureException e) {
            throw e; // The database is unavailable or overloaded: the letter is not to blame.
        } catch (RuntimeException e) {
            throw isTimeLimit(e) ? e : new UnsendableLetterException(letter, e);
        }
        LOG.warn(
                "replay=skipped reason=not-dead deadLetter={} event={}",
                letter.id(),
                letter.source().id());
        return false;
    }

    private static boolean isTimeLimit(RuntimeException failure) {
        return failure instanceof UncategorizedSQLException cause
                && cause.getSQLException() != null
                && cause.getSQLException().getSQLState() != null
                && TIME_LIMITS.contains(cause.getSQLException().getSQLState());
    }

    private void update(String sql, List<UUID> letters) {
        if (!letters.isEmpty()) {
            jdbc.sql(sql).param("ids", letters.toArray(UUID[]::new)).update();
        }
    }

    private boolean anyLeft(UUID replay) {
        return jdbc.sql(ANY_LEFT).param("replay", replay).query(Boolean.class).single();
    }

    private void finish(UUID replay, Claim claim) {
        jdbc.sql(FINISH).param("replay", replay).update();
        var scope = EventContext.current().inTenant(claim.tenant()).open();
        try {
            audit.record(claim.requestedBy(), Audit.REPLAY_FINISHED, Map.of("replay", replay), replays.find(replay));
        } finally {
            scope.close();
        }
    }

    private static Duration pause(Duration untilDue) {
        if (untilDue.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return untilDue.compareTo(LONGEST_PAUSE) < 0 ? untilDue : LONGEST_PAUSE;
    }
}
