package dev.orderflow.bench.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Record as the relay has sent it. */
record SentRecord(String key, Headers headers, byte[] value) {

    EventMetadata metadata() {
        return CloudEventHeaders.read(headers);
    }

    ProducerRecord<byte[], byte[]> toProducerRecord(String topic) {
        return new ProducerRecord<>(topic, null, key.getBytes(UTF_8), value, headers);
    }

    /** Returns the format that {@link #read} reads. */
    byte[] toBytes() throws IOException {
        var bytes = new ByteArrayOutputStream(1_024);
        var out = new DataOutputStream(bytes);
        out.writeUTF(key);
        write(out, value);
        var all = headers.toArray();
        out.writeByte(all.length);
        for (var header : all) {
            out.writeUTF(header.key());
            write(out, header.value());
        }
        return bytes.toByteArray();
    }

    /**
     * Reads one record.
     *
     * @param names of headers that were read before, so that each is in memory once
     */
    static SentRecord read(DataInputStream in, Map<String, String> names) throws IOException {
        var key = in.readUTF();
        var value = readBytes(in);
        var headers = new Header[in.readByte()];
        for (var number = 0; number < headers.length; number++) {
            headers[number] = new RecordHeader(names.computeIfAbsent(in.readUTF(), name -> name), readBytes(in));
        }
        return new SentRecord(key, new RecordHeaders(headers), value);
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
