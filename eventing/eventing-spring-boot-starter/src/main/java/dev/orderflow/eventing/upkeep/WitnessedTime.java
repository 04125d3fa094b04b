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
 * Time that has passed while an instance was running. Only this time makes data old enough to be deleted.
 * <p>
 * A clock may be wrong for a while, including the database's. Deleting by {@code now() - retention} would then delete everything
 * at once. Upkeep therefore writes a mark to the database every few minutes. From mark to mark the witnessed time grows by the
 * time that the database's clock has advanced. It does not grow if the clock went back. It grows only by {@link #AFTER_GAP} if
 * the clock advanced by more than {@link #LONGEST_GAP}: either the clock jumped or no instance ran, and in both cases keeping
 * data longer does no harm. Rows are old enough if they were written before the mark at which the witnessed time was shorter by
 * the retention.
 * <p>
 * {@link Past} identifies those rows. Its time is the earliest that the clock has shown since that mark. A row that was written
 * while the clock was behind therefore counts as old only when the whole period is old. A row that was written while the clock
 * was ahead is kept until the clock has reached its time.
 * <p>
 * {@link Past#time()} must only be compared with times of the database's clock.
 */
public class WitnessedTime implements RetentionClock {

    private static final Logger LOG = LoggerFactory.getLogger(WitnessedTime.class);

    static final Duration BETWEEN_MARKS = Duration.ofMinutes(5);
    static final Duration LONGEST_GAP = Duration.ofHours(6);
    static final Duration AFTER_GAP = Duration.ofHours(1);

    /**
     * A single statement, so that concurrent instances add the same time to the same mark instead of adding it repeatedly. Served
     * by the primary key.
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

    /** Served by the primary key, read backwards up to the mark. */
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

    WitnessedTime(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Bounds of the rows that are certainly older than a retention.
     *
     * @param time upper bound, exclusive, of times that the database has stored
     * @param txid upper bound, exclusive, of the ids of the writing transactions
     */
    record Past(Instant time, long txid) {}

    @Override
    public Optional<Instant> cutOff(Duration retention) {
        return before(retention).map(Past::time);
    }

    /**
     * Returns the bounds of old rows. Empty while the witnessed time is shorter than the retention: no row is old enough then.
     */
    Optional<Past> before(Duration retention) {
        return jdbc.sql(PAST)
                .param("retention", retention.toSeconds())
                .query((row, number) ->
                        new Past(row.getObject("time", OffsetDateTime.class).toInstant(), row.getLong("next_txid")))
                .optional();
    }

    /** Writes a mark. Must be called every few minutes while the application runs. */
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
     * Interval between the last mark and a new one.
     *
     * @param since  elapsed time by the database's clock
     * @param passed time that was counted
     */
    private record Step(Duration since, Duration passed) {}
}
