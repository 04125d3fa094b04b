package dev.orderflow.eventing.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.wire.StoredHeaders;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** Tests messages that the benchmark does not produce; the benchmark compares decoded rows with those the relay sends. */
class PgOutputDecoderTests {

    private static final List<Header> HEADERS = List.of(new RecordHeader("any", new byte[] {1}));

    private final PgOutputDecoder decoder = new PgOutputDecoder("bench");

    @Test
    void aForwardedRecordKeepsItsHeadersAndMayHaveNoPayload() throws IOException {
        decoder.relation(relation("outbox", "id", "topic", "key", "payload", "forwarded", "headers"));

        var row = decoder.insert(insert(
                new byte[] {0, 0, 0, 0, 0, 0, 0, 7},
                "orders-retry".getBytes(UTF_8),
                "a key".getBytes(UTF_8),
                null,
                new byte[] {1},
                StoredHeaders.write(HEADERS)));

        assertThat(row.id()).isEqualTo(7);
        assertThat(row.topic()).isEqualTo("orders-retry");
        assertThat(row.key()).asString().isEqualTo("a key");
        assertThat(row.payload()).isNull();
        assertThat(row.headers()).isEqualTo(HEADERS);
    }

    @Test
    void relationMessagesOfPartitionsAreSkipped() throws IOException {
        decoder.relation(relation("outbox", "id", "topic", "key", "payload", "forwarded", "headers"));
        decoder.relation(relation("outbox_20261121", "id", "txid"));

        var row = decoder.insert(
                insert(new byte[8], new byte[0], new byte[0], "{}".getBytes(UTF_8), new byte[] {1}, new byte[0]));

        assertThat(row.payload()).asString().isEqualTo("{}");
    }

    /** Returns a message without its first byte, as the decoder gets it. */
    private static ByteBuffer relation(String name, String... columns) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var message = new DataOutputStream(bytes);
        message.writeInt(42);
        message.writeBytes("public\0" + name + "\0d");
        message.writeShort(columns.length);
        for (var column : columns) {
            message.writeBytes("\0" + column + "\0");
            message.writeInt(25);
            message.writeInt(-1);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static ByteBuffer insert(byte[]... values) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var message = new DataOutputStream(bytes);
        message.writeInt(42);
        message.writeByte('N');
        message.writeShort(values.length);
        for (var value : values) {
            message.writeByte(value == null ? 'n' : 'b');
            if (value != null) {
                message.writeInt(value.length);
                message.write(value);
            }
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
