package dev.orderflow.eventing.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts headers to bytes in the outbox and back without loss. Preserves any bytes, the order, and repeated names.
 * <p>
 * Each header begins with one byte: the index of its name in a list of well-known names; or 0, followed by the length of the name
 * in two bytes and the name. The length of the value in four bytes, -1 for null, and the value follow. The list is part of the
 * stored format: names may be added at its end but never moved.
 */
public final class StoredHeaders {

    private static final List<String> WELL_KNOWN =
            List.of("", "ce_time", "ce_correlationid", "ce_causationid", "ce_intent", "traceparent");
    private static final int LONGEST_NAME = Short.MAX_VALUE;

    private StoredHeaders() {}

    /** @throws IllegalArgumentException if a header's name is longer than 32,767 bytes */
    public static byte[] write(Iterable<Header> headers) {
        var names = new ArrayList<byte[]>();
        var size = 0;
        for (var header : headers) {
            var name = nameOf(header);
            names.add(name);
            size += name.length + 4 + (header.value() == null ? 0 : header.value().length);
        }
        var bytes = ByteBuffer.allocate(size);
        var name = names.iterator();
        for (var header : headers) {
            bytes.put(name.next());
            putValue(bytes, header.value());
        }
        return bytes.array();
    }

    /** @throws RuntimeException when {@code stored} was not written by {@link #write} */
    public static List<Header> read(byte[] stored) {
        var headers = new ArrayList<Header>(12);
        readInto(headers, stored);
        return headers;
    }

    /** Adds the headers that {@link #read} would return. */
    public static void readInto(Collection<Header> headers, byte[] stored) {
        var bytes = ByteBuffer.wrap(stored);
        while (bytes.hasRemaining()) {
            headers.add(new RecordHeader(readName(bytes), readValue(bytes)));
        }
    }

    private static byte[] nameOf(Header header) {
        var place = WELL_KNOWN.indexOf(header.key());
        if (place > 0) {
            return new byte[] {(byte) place};
        }
        var name = header.key().getBytes(UTF_8);
        if (name.length > LONGEST_NAME) {
            throw new IllegalArgumentException("a header's name has " + name.length + " bytes");
        }
        return ByteBuffer.allocate(3 + name.length)
                .put((byte) 0)
                .putShort((short) name.length)
                .put(name)
                .array();
    }

    private static void putValue(ByteBuffer bytes, byte @Nullable [] value) {
        if (value == null) {
            bytes.putInt(-1);
        } else {
            bytes.putInt(value.length).put(value);
        }
    }

    private static String readName(ByteBuffer bytes) {
        var place = bytes.get();
        if (place > 0) {
            return WELL_KNOWN.get(place);
        }
        var name = new byte[bytes.getShort()];
        bytes.get(name);
        return new String(name, UTF_8);
    }

    private static byte @Nullable [] readValue(ByteBuffer bytes) {
        var length = bytes.getInt();
        if (length < 0) {
            return null;
        }
        var value = new byte[length];
        bytes.get(value);
        return value;
    }

    /** Converts a record's headers to JSON and back without loss. Preserves any bytes, the order, and repeated names. */
    public static final class HeadersJson {

        private static final JsonMapper MAPPER = JsonMapper.builder().build();
        private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

        private HeadersJson() {}

        private record Entry(String name, @Nullable String base64) {}

        public static String write(Headers headers) {
            var entries = new ArrayList<Entry>();
            for (var header : headers) {
                var value = header.value();
                entries.add(new Entry(
                        header.key(), value == null ? null : Base64.getEncoder().encodeToString(value)));
            }
            return MAPPER.writeValueAsString(entries);
        }

        /** @throws RuntimeException when {@code json} was not written by {@link #write} */
        public static Headers read(String json) {
            return new RecordHeaders(MAPPER.readValue(json, ENTRIES).stream()
                    .map(HeadersJson::header)
                    .toList());
        }

        private static Header header(Entry entry) {
            var base64 = entry.base64();
            return new RecordHeader(
                    entry.name(), base64 == null ? null : Base64.getDecoder().decode(base64));
        }
    }
}
