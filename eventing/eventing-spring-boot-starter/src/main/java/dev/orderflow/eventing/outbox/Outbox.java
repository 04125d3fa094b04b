package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.schema.EventingSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.support.JdbcAccessor;

/**
 * Writes events to the outbox.
 * <p>
 * One statement assigns each event the next number of its aggregate's stream and inserts it. The row of
 * {@code outbox_sequence} stays locked until the transaction ends. When two transactions publish for one key, the later one
 * therefore draws its row ids after the earlier one has committed: <em>the order of ids within a key is the order of
 * commits</em>. A row id is drawn only after the transaction has got its own id. The relay depends on both properties. They hold
 * only because the same statement draws the ids after the lock, and because the identity's sequence has {@code CACHE 1};
 * inserting rows in any other way breaks them.
 */
class Outbox {

    /** Writes one event, the usual case, without the arrays of {@link #WRITE_SEVERAL}. Served by the primary key of outbox_sequence. */
    private static final String WRITE_ONE = """
            WITH stream AS (
                INSERT INTO eventing.outbox_sequence AS s (topic, key, last) VALUES (?, ?, 1)
                ON CONFLICT (topic, key) DO UPDATE SET last = s.last + 1
                RETURNING topic, key, last
            )
            INSERT INTO eventing.outbox (topic, key, sequence, bucket, event_id, type, time, forwarded, headers, payload)
            SELECT topic, key, last, ?, ?, ?, ?, ?, ?, ? FROM stream
            """;

    /**
     * Writes several events. Keys are locked in a fixed order, so that two batches over the same keys cannot deadlock. Their last
     * numbers become an array, which each event indexes, rather than a table to join with. This leaves a single possible plan, which
     * the server soon caches for any number of events. Rows leave {@code stream} in the order in which they entered it.
     * Served by the primary key of outbox_sequence.
     */
    private static final String WRITE_SEVERAL = """
            WITH stream AS (
                INSERT INTO eventing.outbox_sequence AS s (topic, key, last)
                SELECT topic, key, events
                FROM unnest(?::text[], ?::text[], ?::bigint[]) WITH ORDINALITY AS e (topic, key, events, number)
                ORDER BY number
                ON CONFLICT (topic, key) DO UPDATE SET last = s.last + excluded.last
                RETURNING last
            ), numbers AS (
                SELECT array_agg(last) AS last FROM stream
            )
            INSERT INTO eventing.outbox (bucket, event_id, topic, key, type, sequence, time, forwarded, headers, payload)
            SELECT bucket, event_id, topic, key, type, last[stream] - later, time, forwarded, headers, payload
            FROM numbers
            CROSS JOIN unnest(?::smallint[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::boolean[],
                              ?::bytea[], ?::bytea[], ?::integer[], ?::bigint[])
                       WITH ORDINALITY
                       AS e (bucket, event_id, topic, key, type, time, forwarded, headers, payload, stream, later, position)
            ORDER BY position
            """;

    private final JdbcOperations jdbc;
    private final String writeOne;
    private final String writeSeveral;
    private final ScheduledEvents scheduled;

    /** Creates an outbox in the connection's default schema. */
    Outbox(JdbcOperations jdbc) {
        this(jdbc, EventingSchema.UNSET);
    }

    Outbox(JdbcOperations jdbc, EventingSchema schema) {
        this.jdbc = jdbc;
        this.writeOne = schema.sql(WRITE_ONE);
        this.writeSeveral = schema.sql(WRITE_SEVERAL);
        this.scheduled = new ScheduledEvents(jdbc, schema);
    }

    /** Returns whether {@link #write} would join the current transaction. */
    boolean joinsCurrentTransaction() {
        return jdbc instanceof JdbcAccessor accessor
                && accessor.getDataSource() != null
                && CurrentTransaction.isOf(accessor.getDataSource());
    }

    /** Returns the events that are written later. */
    ScheduledEvents scheduled() {
        return scheduled;
    }

    /** Writes the rows in their order, in the current transaction. */
    void write(List<NewOutboxRow> rows) {
        jdbc.update(connection -> rows.size() == 1 ? one(connection, rows.getFirst()) : several(connection, rows));
    }

    private PreparedStatement one(Connection connection, NewOutboxRow row) throws SQLException {
        var statement = connection.prepareStatement(writeOne);
        statement.setString(1, row.topic());
        statement.setString(2, row.key());
        statement.setInt(3, row.bucket());
        statement.setObject(4, row.eventId());
        statement.setString(5, row.type());
        statement.setObject(6, row.time().atOffset(ZoneOffset.UTC));
        statement.setBoolean(7, row.forwarded());
        statement.setBytes(8, row.headers());
        statement.setBytes(9, row.payload());
        return statement;
    }

    private PreparedStatement several(Connection connection, List<NewOutboxRow> rows) throws SQLException {
        var streams = Streams.of(rows);
        var statement = connection.prepareStatement(writeSeveral);
        var columns = new Columns(connection, statement);
        columns.add("text", streams.topics());
        columns.add("text", streams.keys());
        columns.add("int8", streams.events());
        columns.add("int2", each(rows, Short[]::new, row -> (short) row.bucket()));
        columns.add("uuid", each(rows, UUID[]::new, NewOutboxRow::eventId));
        columns.add("text", each(rows, String[]::new, NewOutboxRow::topic));
        columns.add("text", each(rows, String[]::new, NewOutboxRow::key));
        columns.add("text", each(rows, String[]::new, NewOutboxRow::type));
        columns.add("text", each(rows, String[]::new, row -> row.time().toString()));
        columns.add("bool", each(rows, Boolean[]::new, NewOutboxRow::forwarded));
        columns.add("bytea", each(rows, byte[][]::new, NewOutboxRow::headers));
        columns.add("bytea", each(rows, byte[][]::new, NewOutboxRow::payload));
        columns.add("int4", streams.streamOfRow());
        columns.add("int8", streams.laterOfRow());
        return statement;
    }

    private static <T> T[] each(
            List<NewOutboxRow> rows, IntFunction<T[]> array, Function<NewOutboxRow, @Nullable T> column) {
        return rows.stream().map(column).toArray(array);
    }

    /** Binds array parameters in their order. */
    private static final class Columns {

        private final Connection connection;
        private final PreparedStatement statement;
        private int last;

        private Columns(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        private void add(String type, Object[] values) throws SQLException {
            statement.setArray(++last, connection.createArrayOf(type, values));
        }
    }
}
