package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.schema.EventingSchema;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.StoredHeaders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Reads the rows that became visible between two snapshots.
 * <p>
 * Every row carries the id of the transaction that wrote it. A row that is visible in the later snapshot but not in the earlier
 * one was written by a transaction that had not begun at the earlier snapshot, or was still running; no other row can be new.
 * This has three consequences: a late commit never causes a missed row, no row has to be marked as sent, and a foreign
 * transaction that stays open for long neither hides rows nor makes the reader skip over dead rows.
 * <p>
 * A transaction draws row ids only after it has begun. The rows of transactions that had not begun therefore lie beyond the highest id
 * that had been drawn when the earlier snapshot was taken ({@link Position#lastId}), and nearly all rows beyond it are new. Only rows
 * of transactions that were running can lie before it, and there are never many such transactions. Rows are ordered by id, which within
 * a key is the order of commits (see {@code Outbox}). Rows never change, so reading a pair of positions always returns the same rows.
 * Reading with a position of another {@link Incarnation} would lose or repeat rows; the statement itself rejects it.
 * <p>
 * Values are read as the bytes that the record needs, in PostgreSQL's binary format. Not thread-safe.
 */
class OutboxReader {

    /**
     * Reads the current position. A transaction that is not visible in the snapshot and has drawn a row id up to {@code last_id}
     * had begun when {@code last_id} was read. Its id is below the next transaction id, which is read later: the order within the
     * statement matters, not the age of its snapshot. This function must read the sequence, because it waits for concurrent
     * draws. {@code SELECT last_value} does not wait: while each 32nd id is drawn, it returns the last id that the log reserves,
     * which no transaction has drawn yet. Transactions beyond a snapshot's xmax may have begun: {@code age} returns how many ids
     * have been assigned since. A single statement, so that all values come from one server.
     */
    private static final String POSITION = String.format(Locale.ROOT, """
            WITH drawn AS MATERIALIZED (SELECT coalesce(pg_sequence_last_value('eventing.outbox_id_seq'), 0) AS last_id)
            SELECT snapshot::text, pg_snapshot_xmax(snapshot)::text::bigint + age(pg_snapshot_xmax(snapshot)::xid), last_id
            FROM drawn CROSS JOIN pg_current_snapshot() AS snapshot
            WHERE %s
            """, Incarnation.REQUIRED);

    /** Served by outbox_id. Returns rows that are too large without their content; see {@link OutboxPage}. */
    private static final String FRESH = String.format(Locale.ROOT, """
            SELECT id, event_id, topic, key, type, sequence, forwarded,
                   CASE WHEN bytes <= ? THEN headers END, CASE WHEN bytes <= ? THEN payload END, bytes
            FROM (SELECT *, octet_length(headers) + coalesce(octet_length(payload), 0) AS bytes FROM eventing.outbox) AS sized
            WHERE %s AND NOT pg_visible_in_snapshot(txid, ?) AND pg_visible_in_snapshot(txid, ?)
              AND (? OR bucket = ANY (?::smallint[])) AND id > ?
            ORDER BY id
            LIMIT ?
            """, Incarnation.REQUIRED);

    /** Served by outbox_txid, once for each transaction that was running. */
    private static final String LATE = String.format(Locale.ROOT, """
            SELECT o.id, o.event_id, o.topic, o.key, o.type, o.sequence, o.forwarded,
                   CASE WHEN o.bytes <= ? THEN o.headers END, CASE WHEN o.bytes <= ? THEN o.payload END, o.bytes
            FROM (SELECT pg_snapshot_xip(?) AS txid
                  UNION ALL
                  SELECT id::text::xid8 FROM generate_series(pg_snapshot_xmax(?)::text::bigint, ? - 1) AS id) AS running
            CROSS JOIN LATERAL (
                SELECT *, octet_length(headers) + coalesce(octet_length(payload), 0) AS bytes
                FROM eventing.outbox
                WHERE txid = running.txid AND (? OR bucket = ANY (?::smallint[])) AND id > ? AND id <= ?
                ORDER BY id
                LIMIT ?) AS o
            WHERE %s AND pg_visible_in_snapshot(running.txid, ?)
            ORDER BY o.id
            LIMIT ?
            """, Incarnation.REQUIRED);

    /** Served by outbox_id. */
    private static final String CONTENT = String.format(Locale.ROOT, """
            SELECT id, event_id, topic, key, type, sequence, forwarded, headers, payload
            FROM eventing.outbox
            WHERE %s AND id = ANY (?::bigint[])
            """, Incarnation.REQUIRED);

    /** Scans the partition of the id's day; partition pruning excludes the others. The query is too rare for an index. */
    private static final String SENT = """
            SELECT o.id, o.event_id, o.topic, o.key, o.type, o.sequence, o.forwarded, o.headers, o.payload
            FROM eventing.outbox o JOIN eventing.outbox_bucket b USING (bucket)
            WHERE o.event_id = ? AND NOT o.forwarded AND pg_visible_in_snapshot(o.txid, b.cursor)
            """;

    /** Value of pgjdbc for preparing on the server and transferring in binary from the first execution on. */
    private static final int BINARY_AT_ONCE = -1;

    private final JdbcOperations jdbc;
    private final byte[] source;
    private final SchemaHeaders schemas;
    private final RowSignatures signatures;
    private final String positionSql;
    private final String freshSql;
    private final String lateSql;
    private final String contentSql;
    private final String sentSql;
    private byte[] lastTopicBytes = {};
    private String lastTopic = "";

    /** Creates a reader of the connection's default schema. */
    OutboxReader(JdbcOperations jdbc, String source) {
        this(jdbc, source, EventingSchema.UNSET, new SchemaHeaders(null), RowSignatures.NONE);
    }

    /** @param source CloudEvents source of the events */
    OutboxReader(
            JdbcOperations jdbc,
            String source,
            EventingSchema schema,
            SchemaHeaders schemas,
            RowSignatures signatures) {
        this.jdbc = jdbc;
        this.signatures = signatures;
        this.schemas = schemas;
        this.source = source.getBytes(UTF_8);
        this.positionSql = schema.sql(POSITION);
        this.freshSql = schema.sql(FRESH);
        this.lateSql = schema.sql(LATE);
        this.contentSql = schema.sql(CONTENT);
        this.sentSql = schema.sql(SENT);
    }

    /**
     * The rows of {@code buckets} that are visible at {@code to} and not at {@code from}.
     */
    record Difference(Position from, Position to, Collection<Integer> buckets) {

        Difference {
            if (!from.incarnation().equals(to.incarnation())) {
                throw new IllegalArgumentException("positions of different incarnations: " + from + ", " + to);
            }
        }
    }

    /** The current position, in which all committed transactions are visible. Fails in any other incarnation. */
    Position position(Incarnation incarnation) {
        return Objects.requireNonNull(jdbc.queryForObject(
                positionSql,
                (row, number) -> new Position(incarnation, row.getString(1), row.getLong(2), row.getLong(3)),
                incarnation.relay(),
                incarnation.token()));
    }

    OutboxPages pages(Difference difference, PageSize size) {
        return new OutboxPages(this, difference, size);
    }

    /** Reads up to {@code limit} rows by id, all with an id above {@code after}, which is not below {@code from}'s last id. */
    OutboxPage fresh(Difference difference, long after, int limit) {
        return page(difference.to().incarnation(), limit, freshSql, parameters -> {
            parameters.incarnation(difference.to().incarnation());
            parameters.snapshot(difference.from());
            parameters.snapshot(difference.to());
            parameters.buckets(difference.buckets());
            parameters.number(after);
            parameters.number(limit);
        });
    }

    /** Reads up to {@code limit} rows by id, above {@code after}, that were written by transactions running at {@code from}. */
    OutboxPage late(Difference difference, long after, int limit) {
        return page(difference.to().incarnation(), limit, lateSql, parameters -> {
            parameters.snapshot(difference.from());
            parameters.snapshot(difference.from());
            parameters.number(difference.from().nextTxid());
            parameters.buckets(difference.buckets());
            parameters.number(after);
            parameters.number(difference.from().lastId());
            parameters.number(limit);
            parameters.incarnation(difference.to().incarnation());
            parameters.snapshot(difference.to());
            parameters.number(limit);
        });
    }

    /**
     * An event of this service as it was sent. Empty for an event that was not sent yet according to the stored cursors, and for a
     * forwarded record.
     */
    Optional<ProducerRecord<String, byte[]>> findSent(UUID eventId) {
        return signed(jdbc.query(sentSql, this::row, eventId)).stream()
                .map(row -> new ProducerRecord<>(
                        row.topic(), null, new String(row.key(), UTF_8), row.payload(), row.headers()))
                .findAny();
    }

    private OutboxPage page(Incarnation incarnation, int limit, String sql, StatementParameters.Binding binding) {
        var page = new OutboxPage(limit);
        read(
                sql,
                parameters -> {
                    parameters.number(page.largestRow());
                    parameters.number(page.largestRow());
                    binding.bind(parameters);
                },
                row -> {
                    var bytes = row.getInt(10);
                    if (bytes > page.largestRow()) {
                        page.addWithoutContent(row.getLong(1), bytes);
                    } else {
                        page.add(row(row, 0));
                    }
                });
        if (page.lacksContent()) {
            read(
                    contentSql,
                    parameters -> {
                        parameters.incarnation(incarnation);
                        parameters.ids(page.missing());
                    },
                    row -> page.complete(row(row, 0)));
        }
        signed(page.rows());
        return page;
    }

    /** Signs the events among {@code rows}, in place. Those of a page share the work. */
    List<OutboxRow> signed(List<OutboxRow> rows) {
        signatures.addTo(rows);
        return rows;
    }

    private void read(String sql, StatementParameters.Binding binding, RowCallbackHandler handler) {
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(sql);
                    statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_AT_ONCE);
                    binding.bind(new StatementParameters(connection, statement));
                    return statement;
                },
                handler);
    }

    /** Maps the columns {@code id, event_id, topic, key, type, sequence, forwarded, headers, payload}. */
    OutboxRow row(ResultSet row, int number) throws SQLException {
        var key = row.getBytes(4);
        var stored = row.getBytes(8);
        var payload = row.getBytes(9);
        var forwarded = row.getBoolean(7);
        return new OutboxRow(
                row.getLong(1),
                topic(row.getBytes(3)),
                key,
                forwarded ? StoredHeaders.read(stored) : headers(row, key, stored),
                payload,
                stored.length + (payload == null ? 0 : payload.length),
                forwarded);
    }

    private List<Header> headers(ResultSet row, byte[] key, byte[] stored) throws SQLException {
        var headers = new ArrayList<Header>(16);
        var type = row.getBytes(5);
        CloudEventHeaders.addIdentity(headers, row.getObject(2, UUID.class), type, source, key, row.getLong(6));
        schemas.addTo(headers, type);
        StoredHeaders.readInto(headers, stored);
        CloudEventHeaders.addDerived(headers);
        return headers;
    }

    /** Decodes the topic. Caches the last one, because neighbouring rows usually have the same topic. */
    private String topic(byte[] bytes) {
        if (!Arrays.equals(bytes, lastTopicBytes)) {
            lastTopicBytes = bytes;
            lastTopic = new String(bytes, UTF_8);
        }
        return lastTopic;
    }
}
