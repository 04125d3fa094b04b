package dev.orderflow.eventing.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The writing side of the outbox.
 * <p>
 * One statement gives each event the next number of its aggregate's stream and inserts it. The row of
 * {@code outbox_sequence} stays locked until the transaction ends, so that of two transactions that publish for one key the
 * later one gets its row ids after the earlier one has committed: <em>the order of ids within a key is the order of
 * commits</em>. And a row id is drawn only after the transaction has got its own id. The relay depends on both. They hold only
 * because the ids are drawn by the same statement after the lock, and because the identity's sequence has {@code CACHE 1};
 * inserting rows in any other way breaks them.
 */
public class Outbox {

    /** What most transactions publish: less than half of what {@link #WRITE_SEVERAL} costs. Served by the primary key of outbox_sequence. */
    private static final String WRITE_ONE = """
            WITH stream AS (
                INSERT INTO outbox_sequence AS s (topic, key, last) VALUES (?, ?, 1)
                ON CONFLICT (topic, key) DO UPDATE SET last = s.last + 1
                RETURNING topic, key, last
            )
            INSERT INTO outbox (topic, key, sequence, bucket, event_id, type, time, forwarded, headers, payload)
            SELECT topic, key, last, ?, ?, ?, ?, ?, ?, ? FROM stream
            """;

    /**
     * Keys are locked in a fixed order, so that two batches over the same keys cannot deadlock. Served by the primary key of
     * outbox_sequence.
     */
    private static final String WRITE_SEVERAL = """
            WITH event AS (
                SELECT *
                FROM unnest(?::smallint[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::boolean[],
                            ?::bytea[], ?::bytea[])
                     WITH ORDINALITY
                     AS e (bucket, event_id, topic, key, type, time, forwarded, headers, payload, position)
            ), stream AS (
                INSERT INTO outbox_sequence AS s (topic, key, last)
                SELECT topic, key, count(*) FROM event GROUP BY topic, key ORDER BY topic, key
                ON CONFLICT (topic, key) DO UPDATE SET last = s.last + excluded.last
                RETURNING topic, key, last
            ), numbered AS (
                SELECT *, count(*) OVER (PARTITION BY topic, key)
                          - row_number() OVER (PARTITION BY topic, key ORDER BY position) AS events_after
                FROM event
            )
            INSERT INTO outbox (bucket, event_id, topic, key, type, sequence, time, forwarded, headers, payload)
            SELECT bucket, event_id, topic, key, type, last - events_after, time, forwarded, headers, payload
            FROM numbered JOIN stream USING (topic, key)
            ORDER BY position
            """;

    private static final int PLANNED_EACH_TIME = 0;

    private final JdbcOperations jdbc;

    public Outbox(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes the rows in their order, in the current transaction. */
    void write(List<NewOutboxRow> rows) {
        jdbc.update(connection -> rows.size() == 1 ? one(connection, rows.getFirst()) : several(connection, rows));
    }

    private static PreparedStatement one(Connection connection, NewOutboxRow row) throws SQLException {
        var statement = connection.prepareStatement(WRITE_ONE);
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

    /**
     * Planned with the arrays at hand: a plan for any arrays would expect a handful of rows, and compare each of a thousand with
     * each other.
     */
    private static PreparedStatement several(Connection connection, List<NewOutboxRow> rows) throws SQLException {
        var statement = connection.prepareStatement(WRITE_SEVERAL);
        statement.unwrap(PGStatement.class).setPrepareThreshold(PLANNED_EACH_TIME);
        var columns = new Columns(connection, statement, rows);
        columns.add("int2", row -> (short) row.bucket());
        columns.add("uuid", NewOutboxRow::eventId);
        columns.add("text", NewOutboxRow::topic);
        columns.add("text", NewOutboxRow::key);
        columns.add("text", NewOutboxRow::type);
        columns.add("text", row -> row.time().toString());
        columns.add("bool", NewOutboxRow::forwarded);
        columns.addBytes(NewOutboxRow::headers);
        columns.addBytes(NewOutboxRow::payload);
        return statement;
    }

    /** Binds one array parameter after the other. */
    private static final class Columns {

        private final Connection connection;
        private final PreparedStatement statement;
        private final List<NewOutboxRow> rows;
        private int last;

        private Columns(Connection connection, PreparedStatement statement, List<NewOutboxRow> rows) {
            this.connection = connection;
            this.statement = statement;
            this.rows = rows;
        }

        private void add(String type, Function<NewOutboxRow, Object> column) throws SQLException {
            statement.setArray(
                    next(),
                    connection.createArrayOf(type, rows.stream().map(column).toArray()));
        }

        private void addBytes(Function<NewOutboxRow, byte @Nullable []> column) throws SQLException {
            statement.setArray(
                    next(),
                    connection.createArrayOf("bytea", rows.stream().map(column).toArray(byte[][]::new)));
        }

        private int next() {
            return ++last;
        }
    }
}
