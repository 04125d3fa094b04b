package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.PublicationTime;
import dev.orderflow.eventing.schema.EventingSchema;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The table of events that are published later. All methods join the current transaction. Thread-safe. */
class ScheduledEvents {

    private static final String ADD = """
            INSERT INTO eventing.scheduled_event (due, family, key, event_id, time, topics, types, headers, payloads, bytes)
            VALUES (coalesce(?::timestamptz, clock_timestamp()) + ? * interval '1 microsecond', ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final int BATCH = 1_000;

    /** Served by scheduled_event_key, whose order is that in which rows are locked. */
    private static final String CANCEL = "DELETE FROM eventing.scheduled_event WHERE key = ANY (?) AND family = ?";

    /** A process that is frozen or cut off meanwhile loses the lock. */
    private static final String LIMITS =
            "SET LOCAL statement_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '30s'";

    /** One instance at a time publishes, so that the events of a key are published in the order of their times. */
    private static final String LOCK = """
            SELECT pg_try_advisory_xact_lock(hashtext('orderflow.scheduled'), 'eventing.scheduled_event'::regclass::oid::integer)
            """;

    /**
     * Takes what is due, in the order of its times, up to a number and a size. An event that is being cancelled is skipped, and later
     * ones are not. Served by scheduled_event_due.
     */
    private static final String TAKE = """
            WITH due AS (
                SELECT number, due, bytes FROM eventing.scheduled_event
                WHERE due <= now() ORDER BY due, number LIMIT ? FOR UPDATE SKIP LOCKED
            ), sized AS (
                SELECT number, sum(bytes) OVER (ORDER BY due, number) - bytes AS before FROM due
            ), taken AS (
                DELETE FROM eventing.scheduled_event e USING sized s WHERE e.number = s.number AND s.before < ?
                RETURNING e.*
            )
            SELECT event_id, key, time, topics, types, headers, payloads FROM taken ORDER BY due, number
            """;

    private static final String UNTIL_NEXT = """
            SELECT (extract(epoch FROM min(due) - clock_timestamp()) * 1000000)::bigint FROM eventing.scheduled_event
            """;

    private final JdbcOperations jdbc;
    private final EventingSchema schema;
    private final String add;
    private final String cancel;

    ScheduledEvents(JdbcOperations jdbc, EventingSchema schema) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.add = schema.sql(ADD);
        this.cancel = schema.sql(CANCEL);
    }

    /** Adds the events in their order, in JDBC batches, which a driver may rewrite to statements with several rows. */
    void add(List<ScheduledEvent> events) {
        jdbc.batchUpdate(add, events, BATCH, ScheduledEvents::bind);
    }

    /** Returns the number of cancelled events. Waits for an instance that is publishing one of them. */
    int cancel(String family, Set<String> keys) {
        return jdbc.update(connection -> {
            var statement = connection.prepareStatement(cancel);
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            statement.setString(2, family);
            return statement;
        });
    }

    /** Returns whether no other transaction takes events until this one ends. */
    boolean lock() {
        jdbc.execute(LIMITS);
        return Boolean.TRUE.equals(jdbc.queryForObject(schema.sql(LOCK), Boolean.class));
    }

    /**
     * Deletes events that are due, and returns their versions.
     *
     * @param most  maximum number of events
     * @param bytes size of their content from which no further event is taken
     */
    List<NewOutboxRow> take(int most, long bytes) {
        var rows = new ArrayList<NewOutboxRow>();
        RowCallbackHandler eachEvent = result -> addVersions(result, rows);
        jdbc.query(schema.sql(TAKE), eachEvent, most, bytes);
        return rows;
    }

    /** Returns the time until the next event is due, negative if it is overdue; null if there is none. */
    @Nullable
    Duration untilNext() {
        var micros = jdbc.queryForObject(schema.sql(UNTIL_NEXT), Long.class);
        return micros == null ? null : Duration.ofNanos(Math.multiplyExact(micros, 1_000));
    }

    private static void bind(PreparedStatement statement, ScheduledEvent event) throws SQLException {
        var first = event.versions().getFirst();
        var connection = statement.getConnection();
        statement.setObject(1, event.time() instanceof PublicationTime.Fixed(var instant) ? utc(instant) : null);
        statement.setLong(2, event.time() instanceof PublicationTime.Delayed(var delay) ? delay.toNanos() / 1_000 : 0);
        statement.setString(3, event.family());
        statement.setString(4, event.key());
        statement.setObject(5, first.eventId());
        statement.setObject(6, utc(first.time()));
        statement.setArray(7, array(connection, "text", event, String[]::new, NewOutboxRow::topic));
        statement.setArray(8, array(connection, "text", event, String[]::new, NewOutboxRow::type));
        statement.setArray(9, array(connection, "bytea", event, byte[][]::new, NewOutboxRow::headers));
        statement.setArray(10, array(connection, "bytea", event, byte[][]::new, NewOutboxRow::payload));
        statement.setInt(11, event.bytes());
    }

    private static <T> Array array(
            Connection connection,
            String type,
            ScheduledEvent event,
            IntFunction<T[]> array,
            Function<NewOutboxRow, @Nullable T> column)
            throws SQLException {
        return connection.createArrayOf(
                type, event.versions().stream().map(column).toArray(array));
    }

    private static void addVersions(ResultSet result, List<NewOutboxRow> rows) throws SQLException {
        var id = result.getObject("event_id", UUID.class);
        var time = result.getObject("time", OffsetDateTime.class).toInstant();
        var topics = (String[]) result.getArray("topics").getArray();
        var types = (String[]) result.getArray("types").getArray();
        var headers = (byte[][]) result.getArray("headers").getArray();
        var payloads = (byte[][]) result.getArray("payloads").getArray();
        for (var version = 0; version < types.length; version++) {
            rows.add(new NewOutboxRow(
                    id,
                    topics[version],
                    result.getString("key"),
                    types[version],
                    time,
                    false,
                    headers[version],
                    payloads[version]));
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
