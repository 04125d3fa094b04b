package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.HeadersJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Reads what became visible between two snapshots.
 * <p>
 * Every row carries the id of the transaction that wrote it. A row that is visible in the later snapshot but was not in the
 * earlier one was written by a transaction that had not begun then ({@code txid >= xmax}) or was still running
 * ({@code txid = ANY (xip)}); nothing else can be new. So no row is missed however late its transaction commits, nothing has
 * to be marked as sent, and a foreign transaction that stays open for long neither hides rows nor lets dead ones pile up in
 * the way.
 * <p>
 * Rows come by id, which within a key is the order of commits (see {@link Outbox}). Reading a pair of snapshots in pages
 * gives the same rows whenever it is done, since rows are never changed; reading with a cursor that does not come from the
 * same database cluster would lose or repeat rows.
 */
public class OutboxReader {

    private static final String BECAME_VISIBLE = """
            (txid >= pg_snapshot_xmax(?::pg_snapshot) OR txid = ANY (ARRAY(SELECT pg_snapshot_xip(?::pg_snapshot))))
            AND pg_visible_in_snapshot(txid, ?::pg_snapshot)
            AND bucket = ANY (?::smallint[])
            """;

    /** Served by outbox_txid; {@code + 0} keeps the planner from walking outbox_id from its beginning instead. */
    private static final String FIRST = "SELECT min(id + 0) FROM outbox WHERE " + BECAME_VISIBLE;

    /** Served by outbox_id: from the first new row on, nearly all rows are new. */
    private static final String PAGE = """
            SELECT id, event_id, topic, key, type, sequence, time, correlation_id, causation_id, intent, traceparent,
                   headers, payload
            FROM outbox
            WHERE %s AND id >= ?
            ORDER BY id
            LIMIT ?
            """.formatted(BECAME_VISIBLE);

    /** Pruned to the partition of the id's day, which is then read through: no index is kept for what is rarely asked. */
    private static final String SENT = """
            SELECT o.*
            FROM outbox o JOIN outbox_bucket b USING (bucket)
            WHERE o.event_id = ? AND o.headers IS NULL AND pg_visible_in_snapshot(o.txid, b.cursor)
            """;

    private final JdbcOperations jdbc;
    private final String source;

    public OutboxReader(JdbcOperations jdbc, String source) {
        this.jdbc = jdbc;
        this.source = source;
    }

    /** All transactions that have committed by now are visible in it. */
    String currentSnapshot() {
        return jdbc.queryForObject("SELECT pg_current_snapshot()::text", String.class);
    }

    /** The id of the first row that became visible; empty when none did. */
    OptionalLong first(Collection<Integer> buckets, String from, String to) {
        var first = jdbc.query(
                connection -> prepare(connection, FIRST, buckets, from, to),
                row -> row.next() ? row.getObject(1, Long.class) : null);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** At most {@code limit} rows that became visible, by id, beginning at {@code firstId}. */
    List<OutboxRow> page(Collection<Integer> buckets, String from, String to, long firstId, int limit) {
        return jdbc.query(
                connection -> {
                    var statement = prepare(connection, PAGE, buckets, from, to);
                    statement.setLong(5, firstId);
                    statement.setInt(6, limit);
                    return statement;
                },
                this::row);
    }

    /**
     * An event of this service as it was sent. Empty also for one that was not sent yet, as far as the stored cursors tell, and
     * for a forwarded record.
     */
    public Optional<ProducerRecord<String, byte[]>> findSent(UUID eventId) {
        return jdbc.query(SENT, this::row, eventId).stream()
                .map(OutboxRow::toRecord)
                .findAny();
    }

    /** Planned anew each time: only with the snapshot's values at hand does the planner know how few rows are new. */
    private static PreparedStatement prepare(
            Connection connection, String sql, Collection<Integer> buckets, String from, String to)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        statement.setString(1, from);
        statement.setString(2, from);
        statement.setString(3, to);
        statement.setArray(4, connection.createArrayOf("int2", buckets.toArray()));
        return statement;
    }

    private OutboxRow row(ResultSet row, int number) throws SQLException {
        return new OutboxRow(
                row.getLong("id"), row.getString("topic"), row.getString("key"), headers(row), row.getBytes("payload"));
    }

    private Iterable<Header> headers(ResultSet row) throws SQLException {
        var forwarded = row.getString("headers");
        return forwarded == null ? CloudEventHeaders.of(metadata(row)) : HeadersJson.read(forwarded);
    }

    private EventMetadata metadata(ResultSet row) throws SQLException {
        return new EventMetadata(
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                source,
                row.getString("key"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getLong("sequence"),
                row.getString("correlation_id"),
                row.getObject("causation_id", UUID.class),
                row.getString("intent"),
                row.getString("traceparent"));
    }
}
