package dev.orderflow.hub.store;

import dev.orderflow.eventing.TenantRows;
import dev.orderflow.hub.sequence.SequenceCheck;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes events and their sightings. Each transaction stores a batch completely or not at all, and storing a batch again changes nothing.
 * <p>
 * Transactions of all instances take turns from the first number of an event to the commit. Without that, a reader could see an event and
 * later one with a lower number, and a client that resumes after the former would never get the latter. The copy to the staging table,
 * which takes most of the time, comes before.
 */
@Component
class EventStore {

    private static final Logger LOG = LoggerFactory.getLogger(EventStore.class);

    private static final String TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtext('hub.store'))";

    /** Served by the primary key of each day. */
    private static final String SIGHT = """
            INSERT INTO sighting (topic, kafka_partition, kafka_offset, record_time, event_id, source_key, tenant, kind, consumer, hop,
                                  due_at, handler, exception)
            SELECT topic, kafka_partition, kafka_offset, record_time, event_id, source_key, tenant, kind, consumer, hop,
                   due_at, handler, exception
              FROM pg_temp.staged
             ORDER BY line
            ON CONFLICT DO NOTHING
            """;

    /**
     * Served by the primary key of event_identity. Of several records of an event, that of its own topic is stored; only in case of a
     * payload that PostgreSQL cannot read are the bytes stored.
     */
    private static final String STORE = """
            WITH first AS MATERIALIZED (
                SELECT DISTINCT ON (event_id, source_key) *, pg_input_is_valid(json, 'jsonb') AS valid
                  FROM pg_temp.staged
                 ORDER BY event_id, source_key, kind <> 'SOURCE', line
            ), fresh AS (
                INSERT INTO event_identity (event_id, source_key, record_time)
                SELECT event_id, source_key, record_time FROM first ORDER BY event_id, source_key
                ON CONFLICT DO NOTHING
                RETURNING event_id, source_key
            )
            INSERT INTO event (position, record_time, event_id, source_key, tenant, source, published_id, type, key, topic,
                               occurred_at, sequence, correlation_id, causation_id, intent, traceparent, data, raw, size)
            SELECT nextval('event_position'), record_time, event_id, source_key, tenant, source, published_id, type, key, origin,
                   occurred_at, sequence, correlation_id, causation_id, intent, traceparent,
                   CASE WHEN valid THEN json::jsonb END,
                   CASE WHEN NOT valid THEN convert_to(json, 'UTF8') ELSE raw END,
                   size
              FROM (SELECT * FROM first JOIN fresh USING (event_id, source_key) ORDER BY line) AS ordered
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Staging staging;
    private final EventDays days;
    private final TopicPositions positions;
    private final SequenceCheck sequences;

    EventStore(
            JdbcClient jdbc,
            TransactionOperations transactions,
            Staging staging,
            EventDays days,
            TopicPositions positions,
            SequenceCheck sequences) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.staging = staging;
        this.days = days;
        this.positions = positions;
        this.sequences = sequences;
    }

    /**
     * Result of storing a batch.
     *
     * @param stored   events that were not stored before
     * @param unstored events that PostgreSQL has refused
     */
    record Stored(int stored, int unstored) {

        private Stored plus(Stored other) {
            return new Stored(stored + other.stored, unstored + other.unstored);
        }
    }

    /**
     * Stores events of all tenants. Events that PostgreSQL refuses are left out, and found by halving the batch.
     *
     * @param reached where the consumption of each partition continues after this batch
     */
    Stored store(List<StagedEvent> events, List<TopicPositions.Reached> reached) {
        days.prepare(daysOf(events));
        return TenantRows.ofAll().call(() -> storeOrHalve(events, reached));
    }

    private Stored storeOrHalve(List<StagedEvent> events, List<TopicPositions.Reached> reached) {
        try {
            return Objects.requireNonNull(transactions.execute(status -> new Stored(write(events, reached), 0)));
        } catch (DataIntegrityViolationException | UncategorizedSQLException e) {
            if (!isOfRows(e)) {
                throw e;
            }
            if (events.size() == 1) {
                LOG.warn(
                        "event=unstored id={} place={} cause=\"{}\"",
                        events.getFirst().metadata().id(),
                        events.getFirst().sighting().place(),
                        NestedExceptionUtils.getMostSpecificCause(e).toString());
                transactions.executeWithoutResult(status -> positions.reach(reached));
                return new Stored(0, 1);
            }
            var half = events.size() / 2;
            return storeOrHalve(events.subList(0, half), List.of())
                    .plus(storeOrHalve(events.subList(half, events.size()), reached));
        }
    }

    /** Returns whether the rows are at fault: also those that exceed a limit of the database, which is class 54. */
    private static boolean isOfRows(DataAccessException failure) {
        return failure instanceof DataIntegrityViolationException
                || failure.getCause() instanceof SQLException cause
                        && cause.getSQLState() != null
                        && cause.getSQLState().startsWith("54");
    }

    private int write(List<StagedEvent> events, List<TopicPositions.Reached> reached) {
        if (events.isEmpty()) {
            positions.reach(reached);
            return 0;
        }
        staging.fill(events);
        jdbc.sql(TAKE_TURN).query((row, number) -> "taken").list();
        jdbc.sql(SIGHT).update();
        var stored = jdbc.sql(STORE).update();
        positions.reach(reached);
        sequences.check();
        return stored;
    }

    private static Set<LocalDate> daysOf(List<StagedEvent> events) {
        return events.stream()
                .map(event -> LocalDate.ofInstant(event.sighting().recordTime(), ZoneOffset.UTC))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
