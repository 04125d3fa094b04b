package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.RetentionClock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The time that has passed while somebody watched, which is the only time that lets data grow old enough to be deleted.
 * <p>
 * A clock may be wrong for a while, the database's too. Deleting by {@code now() - retention} would then forget everything at
 * once. So upkeep leaves a mark in the database every few minutes. From mark to mark the witnessed time grows by what the
 * database's clock says, but not when it went back, and only by {@link #AFTER_GAP} when it went ahead by more than
 * {@link #LONGEST_GAP}: that was either a jump or a time in which nothing ran, and in both cases data does no harm by being
 * kept longer. What was written before the mark at which the witnessed time was shorter by the retention is old enough.
 * <p>
 * Which rows that are is told by {@link Past}. Its time is the earliest that the clock has shown since that mark. A row that
 * was written while the clock was behind therefore counts as old only when the whole period is; one that was written while the
 * clock was ahead is kept until the clock has come there.
 * <p>
 * Misuse would be to compare {@link Past#time()} with times that another clock than the database's has given.
 */
public class WitnessedTime implements RetentionClock {

    private static final Logger LOG = LoggerFactory.getLogger(WitnessedTime.class);

    static final Duration BETWEEN_MARKS = Duration.ofMinutes(5);
    static final Duration LONGEST_GAP = Duration.ofHours(6);
    static final Duration AFTER_GAP = Duration.ofHours(1);

    /**
     * One statement, so that instances that do so at once add the same time to the same mark, instead of one after the other.
     * Served by the primary key.
     */
    private static final String MARK = """
            WITH last AS (
                SELECT coalesce(witnessed, 0) AS witnessed, coalesce(extract(epoch FROM now() - at)::bigint, 0) AS since, number
                FROM (SELECT) AS always
                LEFT JOIN (SELECT * FROM eventing.upkeep_mark ORDER BY number DESC LIMIT 1) AS mark ON true
            ), marked AS (
                INSERT INTO eventing.upkeep_mark (witnessed)
                SELECT witnessed + CASE WHEN since > :longestGap THEN :afterGap ELSE greatest(since, 0) END
                FROM last
                WHERE number IS NULL OR since NOT BETWEEN 0 AND :betweenMarks
                RETURNING witnessed
            )
            SELECT since, marked.witnessed - last.witnessed AS passed FROM marked CROSS JOIN last
            """;

    /** Served by the primary key, read backwards up to the mark that is looked for. */
    private static final String PAST = """
            WITH edge AS (
                SELECT number, next_txid
                FROM eventing.upkeep_mark
                WHERE witnessed <= (SELECT witnessed FROM eventing.upkeep_mark ORDER BY number DESC LIMIT 1) - :retention
                ORDER BY number DESC
                LIMIT 1
            )
            SELECT least(min(mark.at), now()) AS time, edge.next_txid::text::bigint AS next_txid
            FROM edge JOIN eventing.upkeep_mark AS mark ON mark.number >= edge.number
            GROUP BY edge.next_txid
            """;

    private final JdbcClient jdbc;

    public WitnessedTime(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is older than a retention for certain.
     *
     * @param time rows that the database stamped with an earlier time
     * @param txid rows that were written by a transaction with a lower id
     */
    public record Past(Instant time, long txid) {}

    @Override
    public Optional<Instant> cutOff(Duration retention) {
        return before(retention).map(Past::time);
    }

    /** Empty while the retention has not been witnessed in full: nothing is old enough then. */
    public Optional<Past> before(Duration retention) {
        return jdbc.sql(PAST)
                .param("retention", retention.toSeconds())
                .query((row, number) ->
                        new Past(row.getObject("time", OffsetDateTime.class).toInstant(), row.getLong("next_txid")))
                .optional();
    }

    /** To be called every few minutes while the application runs. */
    public void mark() {
        jdbc.sql(MARK)
                .param("longestGap", LONGEST_GAP.toSeconds())
                .param("afterGap", AFTER_GAP.toSeconds())
                .param("betweenMarks", BETWEEN_MARKS.toSeconds())
                .query((row, number) ->
                        new Step(Duration.ofSeconds(row.getLong("since")), Duration.ofSeconds(row.getLong("passed"))))
                .optional()
                .filter(step -> !step.passed().equals(step.since()))
                .ifPresent(step ->
                        LOG.warn("upkeep=gap databaseClockMovedBy={} countedAs={}", step.since(), step.passed()));
    }

    /**
     * From the last mark to a new one.
     *
     * @param since  by the database's clock
     * @param passed that was counted
     */
    private record Step(Duration since, Duration passed) {}
}
