package dev.orderflow.eventing.retry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record on a retry topic: the published record, and a fixed set of headers that identify its origin. Each retry replaces these
 * headers, so the record does not grow.
 *
 * @param streamKey the key that orders it; the key of the record on the retry topic
 * @param hop       the number of times that the event was placed, including this time
 * @param due       the earliest time of the next attempt
 */
record RetryRecord(SourceRecord source, String streamKey, int hop, Instant due) {

    static final String ID = "retry_id";
    private static final String HOP = "retry_hop";
    private static final String DUE = "retry_due";
    private static final String TOPIC = "retry_topic";
    private static final String PARTITION = "retry_partition";
    private static final String OFFSET = "retry_offset";
    private static final String TYPE = "retry_type";
    static final String KEY = "retry_key";
    private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final int LONGEST_KEY = 200;
    private static final Set<String> OWN = Set.of(ID, HOP, DUE, TOPIC, PARTITION, OFFSET, TYPE, KEY);

    /** @throws RuntimeException when {@link #headers()} did not write the record's headers */
    static RetryRecord read(ConsumerRecord<String, byte[]> message) {
        var headers = message.headers();
        var source = StorableRecord.of(
                UUID.fromString(text(headers, ID)),
                placeOf(headers),
                headers.lastHeader(KEY) == null ? null : text(headers, KEY),
                text(headers, TYPE),
                withoutOwn(headers),
                message.value());
        var streamKey = message.key();
        required(
                KEY,
                source.id(),
                streamKey != null && streamKey.length() <= LONGEST_KEY && streamKey.indexOf('\0') < 0);
        return new RetryRecord(source, streamKey, (int) number(headers, HOP, 1, Integer.MAX_VALUE), dueOf(message));
    }

    private static SourceRecord.Place placeOf(Headers headers) {
        var topic = text(headers, TOPIC);
        return new SourceRecord.Place(
                required(TOPIC, topic, TOPIC_NAME.matcher(topic).matches()),
                (int) number(headers, PARTITION, 0, Integer.MAX_VALUE),
                number(headers, OFFSET, 0, Long.MAX_VALUE));
    }

    Headers headers() {
        var headers = withoutOwn(source.headers());
        add(headers, ID, source.id());
        add(headers, HOP, hop);
        add(headers, DUE, due.toEpochMilli());
        add(headers, TOPIC, source.topic());
        add(headers, PARTITION, source.partition());
        add(headers, OFFSET, source.offset());
        add(headers, TYPE, source.type());
        if (source.key() != null) {
            add(headers, KEY, source.key());
        }
        return headers;
    }

    /** Returns the time at which the record is due; {@link Instant#EPOCH} if it has none. */
    static Instant dueOf(ConsumerRecord<String, byte[]> message) {
        var due = message.headers().lastHeader(DUE);
        try {
            return due == null || due.value() == null
                    ? Instant.EPOCH
                    : Instant.ofEpochMilli(Long.parseLong(new String(due.value(), UTF_8)));
        } catch (NumberFormatException e) {
            return Instant.EPOCH;
        }
    }

    private static long number(Headers headers, String name, long least, long most) {
        var number = Long.parseLong(text(headers, name));
        return required(name, number, number >= least && number <= most);
    }

    /** Validates a header, since any producer may have written the record. */
    private static <T> T required(String name, T value, boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException("header " + name + " was not written by this application");
        }
        return value;
    }

    /** Returns the headers without those that retrying adds. A producer may have forged the latter. */
    static Headers withoutOwn(Iterable<Header> headers) {
        var others = new RecordHeaders();
        headers.forEach(header -> {
            if (!OWN.contains(header.key())) {
                others.add(header);
            }
        });
        return others;
    }

    private static String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("header " + name + " is missing");
        }
        return new String(header.value(), UTF_8);
    }

    private static void add(Headers headers, String name, Object value) {
        headers.add(name, value.toString().getBytes(UTF_8));
    }
}
