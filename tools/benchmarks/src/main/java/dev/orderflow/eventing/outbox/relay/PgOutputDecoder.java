package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.StoredHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of the outbox from pgoutput's messages (protocol version 1, values in PostgreSQL's binary format), as
 * {@link OutboxReader} reads them from results. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/18/protocol-logicalrep-message-formats.html">Logical Replication
 * Message Formats</a>
 */
final class PgOutputDecoder {

    private static final int COLUMNS = Column.values().length;

    private final byte[] source;
    private Column[] order = {};

    /**
     * Creates a decoder.
     *
     * @param source of the events
     */
    PgOutputDecoder(String source) {
        this.source = source.getBytes(UTF_8);
    }

    /** Published columns of a row. */
    enum Column {
        ID,
        EVENT_ID,
        TOPIC,
        KEY,
        TYPE,
        SEQUENCE,
        FORWARDED,
        HEADERS,
        PAYLOAD
    }

    /**
     * Reads the columns of the following rows. The server also sends the partitions' relations, but publishes all rows
     * as the outbox's. The message: id, schema, name, replica identity; of each column flags, name, type, type
     * modifier.
     */
    void relation(ByteBuffer message) {
        message.getInt();
        text(message);
        if (!text(message).equals("outbox")) {
            return;
        }
        message.get();
        order = new Column[message.getShort()];
        for (var number = 0; number < order.length; number++) {
            message.get();
            order[number] = Column.valueOf(text(message).toUpperCase(Locale.ROOT));
            message.getLong();
        }
    }

    /**
     * Reads a row. The message: id of the relation, an N, number of columns; of each column its kind and, if there is
     * one, its value.
     */
    OutboxRow insert(ByteBuffer message) {
        message.position(message.position() + Integer.BYTES + 1 + Short.BYTES);
        var values = new Values(new byte[COLUMNS][]);
        for (var column : order) {
            values.bytes[column.ordinal()] = message.get() == 'n' ? null : bytes(message);
        }
        return new OutboxRow(
                values.number(Column.ID),
                new String(values.of(Column.TOPIC), UTF_8),
                values.of(Column.KEY),
                values.of(Column.FORWARDED)[0] == 0 ? headers(values) : StoredHeaders.read(values.of(Column.HEADERS)),
                values.of(Column.PAYLOAD));
    }

    private List<Header> headers(Values values) {
        var headers = new ArrayList<Header>(12);
        CloudEventHeaders.addIdentity(
                headers,
                values.id(Column.EVENT_ID),
                values.of(Column.TYPE),
                source,
                values.of(Column.KEY),
                values.number(Column.SEQUENCE));
        StoredHeaders.readInto(headers, values.of(Column.HEADERS));
        CloudEventHeaders.addDerived(headers);
        return headers;
    }

    /** Reads a zero-terminated string. */
    private static String text(ByteBuffer message) {
        var bytes = message.slice();
        var length = 0;
        while (message.get() != 0) {
            length++;
        }
        return UTF_8.decode(bytes.limit(length)).toString();
    }

    private static byte[] bytes(ByteBuffer message) {
        var bytes = new byte[message.getInt()];
        message.get(bytes);
        return bytes;
    }

    /** Values by {@link Column}; only a payload may be null. */
    private record Values(byte[] @Nullable [] bytes) {

        private byte[] of(Column column) {
            return bytes[column.ordinal()];
        }

        private long number(Column column) {
            return ByteBuffer.wrap(of(column)).getLong();
        }

        private UUID id(Column column) {
            var halves = ByteBuffer.wrap(of(column));
            return new UUID(halves.getLong(), halves.getLong());
        }
    }
}
