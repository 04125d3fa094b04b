package dev.orderflow.eventing.retry;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Creates source records that can be stored in the database and forwarded, from any record.
 * <p>
 * A record that can be neither handled nor diverted would block its partition forever. Parts that exceed a limit are omitted, and
 * the header {@value #REDUCED} reports their size. The record itself remains on its source topic. Nearly all records pass
 * unchanged; the only cost is measuring their headers.
 */
final class StorableRecord {

    /** The header that lists the omitted parts. */
    static final String REDUCED = SourceRecord.REDUCED;

    /**
     * The largest payload that can be published and read as JSON. With all headers it fits into one produce request of the relay.
     */
    private static final int LARGEST_PAYLOAD = 10_000_000;

    private static final int LONGEST_KEY = 1_000;
    private static final int MOST_HEADERS = 1_000;
    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_HEADER_BYTES = 1 << 20;
    private static final int LONGEST_ATTRIBUTE = 4_000;

    /** Attributes that are always kept, unless they are too long. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "ce_specversion",
            "ce_id",
            "ce_type",
            "ce_source",
            "ce_subject",
            "ce_time",
            "ce_sequence",
            "ce_correlationid",
            "ce_causationid",
            "ce_intent",
            "ce_tenantid",
            "ce_priority",
            "ce_deadline",
            "ce_dedupkey",
            "ce_dataschema",
            "ce_signature",
            "ce_signatureproof",
            "content-type",
            "traceparent",
            "tracestate");

    private StorableRecord() {}

    /** Creates a {@link SourceRecord} without the parts that cannot be stored. */
    static SourceRecord of(
            UUID id,
            SourceRecord.Place place,
            @Nullable String key,
            String type,
            Headers headers,
            byte @Nullable [] payload) {
        var longKey = key != null && key.length() > LONGEST_KEY;
        var largePayload = payload != null && payload.length > LARGEST_PAYLOAD;
        var size = Size.of(headers);
        if (!longKey && !largePayload && size.isStorable()) {
            return new SourceRecord(id, place.topic(), place.partition(), place.offset(), key, type, headers, payload);
        }
        var kept = size.isStorable() ? new RecordHeaders(headers) : storable(headers);
        var reduced = new StringJoiner(", ");
        if (longKey) {
            reduced.add("key of " + key.length() + " characters");
        }
        if (largePayload) {
            reduced.add("payload of " + payload.length + " bytes");
        }
        if (!size.isStorable()) {
            reduced.add(size.headers() + " headers of " + size.bytes() + " bytes");
        }
        kept.add(REDUCED, reduced.toString().getBytes(StandardCharsets.UTF_8));
        return new SourceRecord(
                id,
                place.topic(),
                place.partition(),
                place.offset(),
                longKey ? SourceRecord.sha256(key) : key,
                type,
                kept,
                largePayload ? null : payload);
    }

    /**
     * Reduces a record that could not be stored for an unknown reason to the parts that certainly can: its attributes and, on
     * request, its payload.
     */
    static SourceRecord remains(SourceRecord source, boolean withPayload) {
        var payload = source.payload();
        var headers = new RecordHeaders();
        last(source.headers()).values().stream()
                .filter(header -> isPlain(new String(header.value(), StandardCharsets.UTF_8)))
                .forEach(headers::add);
        var size = Size.of(source.headers());
        headers.add(
                REDUCED,
                (String.format(
                                Locale.ROOT,
                                "%d headers of %d bytes, payload of %d bytes",
                                size.headers(),
                                size.bytes(),
                                payload == null ? 0 : payload.length))
                        .getBytes(StandardCharsets.UTF_8));
        var key = source.key();
        return new SourceRecord(
                source.id(),
                source.topic(),
                source.partition(),
                source.offset(),
                key == null || isPlain(key) ? key : SourceRecord.sha256(key),
                isPlain(source.type()) ? source.type() : SourceRecord.UNREADABLE,
                headers,
                withPayload ? payload : null);
    }

    /** Returns the attributes, and other headers in their order up to the limits. */
    private static RecordHeaders storable(Headers headers) {
        var attributes = last(headers);
        var kept = new RecordHeaders();
        var count = 0;
        var bytes = 0L;
        for (var header : headers) {
            var size = sizeOf(header);
            if (attributes.get(header.key()) == header) {
                kept.add(header);
            } else if (header.key().length() <= LONGEST_NAME
                    && count < MOST_HEADERS
                    && bytes + size <= MOST_HEADER_BYTES) {
                kept.add(header);
                count++;
                bytes += size;
            }
        }
        return kept;
    }

    /** Returns the attributes by name. If several have the same name, the last one counts. */
    private static Map<String, Header> last(Headers headers) {
        var last = new HashMap<String, Header>();
        for (var header : headers) {
            if (ATTRIBUTES.contains(header.key())) {
                last.put(header.key(), header);
            }
        }
        last.values().removeIf(header -> header.value() == null || header.value().length > LONGEST_ATTRIBUTE);
        return last;
    }

    private static boolean isPlain(String text) {
        return text.length() <= LONGEST_KEY && text.chars().allMatch(character -> character >= ' ' && character <= '~');
    }

    private static long sizeOf(Header header) {
        return header.key().length() + (header.value() == null ? 0 : header.value().length);
    }

    private record Size(int headers, long bytes, int longestName) {

        private static Size of(Headers headers) {
            var count = 0;
            var bytes = 0L;
            var longestName = 0;
            for (var header : headers) {
                count++;
                bytes += sizeOf(header);
                longestName = Math.max(longestName, header.key().length());
            }
            return new Size(count, bytes, longestName);
        }

        private boolean isStorable() {
            return headers <= MOST_HEADERS && bytes <= MOST_HEADER_BYTES && longestName <= LONGEST_NAME;
        }
    }
}
