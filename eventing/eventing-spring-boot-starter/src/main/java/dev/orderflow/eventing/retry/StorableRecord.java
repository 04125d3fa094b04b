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
 * Makes source records of which everything can be stored in the database and sent on, whatever was read.
 * <p>
 * A record that can be neither handled nor taken out of the way would stop its partition for ever. What is beyond the bounds is
 * left out, and the header {@value #REDUCED} says how much it was. The record itself stays on its source topic. Nearly all records
 * pass unchanged, at the price of one look at their headers.
 */
final class StorableRecord {

    /** Tells what was left out. */
    static final String REDUCED = SourceRecord.REDUCED;

    /** What can be published at most, and read as JSON. With all headers it fits into a request of the relay's. */
    private static final int LARGEST_PAYLOAD = 10_000_000;

    private static final int LONGEST_KEY = 1_000;
    private static final int MOST_HEADERS = 1_000;
    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_HEADER_BYTES = 1 << 20;
    private static final int LONGEST_ATTRIBUTE = 4_000;

    /** Kept whatever else there is, if they are of reasonable length. */
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
            "content-type",
            "traceparent");

    private StorableRecord() {}

    /** As the constructor of {@link SourceRecord}, without what cannot be stored. */
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
     * What is certain to be storable of a record that was not, for a reason that nobody foresaw: its attributes, and its payload
     * if that is wanted.
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

    /** Attributes, and others in their order as long as there is room. */
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

    /** The attributes by name, of several of one name the last, which counts. */
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
