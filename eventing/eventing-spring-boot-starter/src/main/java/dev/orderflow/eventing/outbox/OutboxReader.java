package dev.orderflow.eventing.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.schema.EventingSchema;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.StoredHeaders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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
 * Reads what became visible between two snapshots.
 * <p>
 * Every row carries the id of the transaction that wrote it. A row that is visible in the later snapshot but was not in the
 * earlier one was written by a transaction that had not begun then, or was still running; nothing else can be new. So no row
 * is missed however late its transaction commits, nothing has to be marked as sent, and a foreign transaction that stays open
 * for long neither hides rows nor lets dead ones pile up in the way.
 * <p>
 * Where to look: a transaction that had not begun draws row ids only after it has, so its rows lie beyond the highest id that
 * had been drawn when the earlier snapshot was taken ({@link Position#lastId}), and from there on nearly all rows are new.
 * Only rows of transactions that were running can lie before, and there are never many such transactions. Rows come by id, which within a key is the order of commits
 * (see {@link Outbox}). Reading a pair of positions gives the same rows whenever it is done, since rows are never
 * changed; reading with a position of another {@link Incarnation} would lose or repeat rows, and is refused by the statement itself.
 * <p>
 * Everything is taken over as the bytes that the record needs, in PostgreSQL's binary format. Not thread-safe.
 */
public class OutboxReader {

    /**
     * A transaction that is not visible in the snapshot and has drawn a row id up to the last one had begun when that was read, so its
     * id is below the next one, which is read after it: the order within the statement matters, not the age of its snapshot. The
     * sequence must be asked by this function, which waits for whoever draws: {@code SELECT last_value} does not, and while each
     * 32nd id is drawn finds there the last one of those that the log now reserves, which nobody has drawn yet. Of the transactions
     * behind a snapshot's xmax some may have begun: {@code age} tells how many ids have been given out since. One statement, so that
     * all comes from one server.
     */
    private static final String POSITION = String.format(Locale.ROOT, """
            WITH drawn AS MATERIALIZED (SELECT coalesce(pg_sequence_last_value('eventing.outbox_id_seq'), 0) AS last_id)
            SELECT snapshot::text, pg_snapshot_xmax(snapshot)::text::bigint + age(pg_snapshot_xmax(snapshot)::xid), last_id
            FROM drawn CROSS JOIN pg_current_snapshot() AS snapshot
            WHERE %s
            """, Incarnation.REQUIRED);

    /** Served by outbox_id. Rows with more bytes than fit come without their content; see {@link OutboxPage}. */
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

    /** Pruned to the partition of the id's day, which is then read through: no index is kept for what is rarely asked. */
    private static final String SENT = """
            SELECT o.id, o.event_id, o.topic, o.key, o.type, o.sequence, o.forwarded, o.headers, o.payload
            FROM eventing.outbox o JOIN eventing.outbox_bucket b USING (bucket)
            WHERE o.event_id = ? AND NOT o.forwarded AND pg_visible_in_snapshot(o.txid, b.cursor)
            """;

    /** As pgjdbc has it: prepare on the server and transfer in binary from the first execution on. */
    private static final int BINARY_AT_ONCE = -1;

    private final JdbcOperations jdbc;
    private final byte[] source;
    private final String positionSql;
    private final String freshSql;
    private final String lateSql;
    private final String contentSql;
    private final String sentSql;
    private byte[] lastTopicBytes = {};
    private String lastTopic = "";

    /** In the connection's default schema. */
    public OutboxReader(JdbcOperations jdbc, String source) {
        this(jdbc, source, EventingSchema.UNSET);
    }

    /** @param source what the events name as their source */
    public OutboxReader(JdbcOperations jdbc, String source, EventingSchema schema) {
        this.jdbc = jdbc;
        this.source = source.getBytes(UTF_8);
        this.positionSql = schema.sql(POSITION);
        this.freshSql = schema.sql(FRESH);
        this.lateSql = schema.sql(LATE);
        this.contentSql = schema.sql(CONTENT);
        this.sentSql = schema.sql(SENT);
    }

    /**
     * The rows of {@code buckets} that are visible at {@code to} and were not at {@code from}.
     */
    record Difference(Position from, Position to, Collection<Integer> buckets) {

        Difference {
            if (!from.incarnation().equals(to.incarnation())) {
                throw new IllegalArgumentException("positions of different incarnations: " + from + ", " + to);
            }
        }
    }

    /** All transactions that have committed by now are visible in it. Fails in any other incarnation. */
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

    /** At most {@code limit} rows by id, all with an id above {@code after}, which is not below {@code from}'s last id. */
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

    /** At most {@code limit} rows by id, above {@code after}, that were written by transactions running at {@code from}. */
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
     * An event of this service as it was sent. Empty also for one that was not sent yet, as far as the stored cursors tell, and
     * for a forwarded record.
     */
    public Optional<ProducerRecord<String, byte[]>> findSent(UUID eventId) {
        return jdbc.query(sentSql, this::row, eventId).stream()
                .map(row -> new ProducerRecord<>(
                        row.topic(), null, new String(row.key(), UTF_8), row.payload(), row.headers()))
                .findAny();
    }

    private OutboxPage page(Incarnation incarnation, int limit, String sql, Binding binding) {
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
        return page;
    }

    private void read(String sql, Binding binding, RowCallbackHandler handler) {
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(sql);
                    statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_AT_ONCE);
                    binding.bind(new Parameters(connection, statement));
                    return statement;
                },
                handler);
    }

    @FunctionalInterface
    private interface Binding {
        void bind(Parameters parameters) throws SQLException;
    }

    /** Binds one parameter after the other. */
    private static final class Parameters {

        private final Connection connection;
        private final PreparedStatement statement;
        private int last;

        private Parameters(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        private void incarnation(Incarnation incarnation) throws SQLException {
            statement.setObject(++last, incarnation.relay());
            statement.setObject(++last, incarnation.token());
        }

        /** As what it is, so that it is parsed once, not for each row. */
        private void snapshot(Position position) throws SQLException {
            statement.setObject(++last, position.snapshot(), Types.OTHER);
        }

        private void number(long value) throws SQLException {
            statement.setLong(++last, value);
        }

        private void ids(List<Long> ids) throws SQLException {
            statement.setArray(++last, connection.createArrayOf("int8", ids.toArray()));
        }

        /** Two parameters: whether it is all of them, and which. */
        private void buckets(Collection<Integer> buckets) throws SQLException {
            statement.setBoolean(++last, buckets.size() == Buckets.COUNT);
            statement.setArray(++last, connection.createArrayOf("int2", buckets.toArray()));
        }
    }

    /** Of {@code id, event_id, topic, key, type, sequence, forwarded, headers, payload}. */
    OutboxRow row(ResultSet row, int number) throws SQLException {
        var key = row.getBytes(4);
        var stored = row.getBytes(8);
        var payload = row.getBytes(9);
        return new OutboxRow(
                row.getLong(1),
                topic(row.getBytes(3)),
                key,
                row.getBoolean(7) ? StoredHeaders.read(stored) : headers(row, key, stored),
                payload,
                stored.length + (payload == null ? 0 : payload.length));
    }

    private List<Header> headers(ResultSet row, byte[] key, byte[] stored) throws SQLException {
        var headers = new ArrayList<Header>(12);
        CloudEventHeaders.addIdentity(
                headers, row.getObject(2, UUID.class), row.getBytes(5), source, key, row.getLong(6));
        StoredHeaders.readInto(headers, stored);
        return headers;
    }

    /** Neighbours mostly have the same topic. */
    private String topic(byte[] bytes) {
        if (!Arrays.equals(bytes, lastTopicBytes)) {
            lastTopicBytes = bytes;
            lastTopic = new String(bytes, UTF_8);
        }
        return lastTopic;
    }
}
