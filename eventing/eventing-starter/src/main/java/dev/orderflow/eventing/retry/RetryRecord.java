package dev.orderflow.eventing.retry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record on a retry topic: the published one, and a fixed set of headers that say where it comes from. They are set anew
 * each time, so that a record does not grow with the rounds it makes.
 *
 * @param streamKey what its order is kept by; the key of the record on the retry topic
 * @param hop       how often the event was put somewhere, this time included
 * @param due       not to be tried earlier
 */
public record RetryRecord(SourceRecord source, String streamKey, int hop, Instant due) {

    static final String ID = "retry_id";
    private static final String HOP = "retry_hop";
    private static final String DUE = "retry_due";
    private static final String TOPIC = "retry_topic";
    private static final String PARTITION = "retry_partition";
    private static final String OFFSET = "retry_offset";
    private static final String TYPE = "retry_type";
    static final String KEY = "retry_key";
    private static final Set<String> OWN = Set.of(ID, HOP, DUE, TOPIC, PARTITION, OFFSET, TYPE, KEY);

    /** @throws RuntimeException when the record is none that {@link #headers()} made */
    public static RetryRecord read(ConsumerRecord<String, byte[]> message) {
        var headers = message.headers();
        var key = headers.lastHeader(KEY);
        var source = new SourceRecord(
                UUID.fromString(text(headers, ID)),
                text(headers, TOPIC),
                Integer.parseInt(text(headers, PARTITION)),
                Long.parseLong(text(headers, OFFSET)),
                key == null ? null : new String(key.value(), UTF_8),
                text(headers, TYPE),
                withoutOwn(headers),
                message.value());
        return new RetryRecord(source, message.key(), Integer.parseInt(text(headers, HOP)), dueOf(message));
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

    /** When the record is due; at once if it does not say so. */
    public static Instant dueOf(ConsumerRecord<String, byte[]> message) {
        var due = message.headers().lastHeader(DUE);
        try {
            return due == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(new String(due.value(), UTF_8)));
        } catch (NumberFormatException e) {
            return Instant.EPOCH;
        }
    }

    /** Without those that retrying adds, or that somebody forged. */
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
        if (header == null) {
            throw new IllegalArgumentException("header " + name + " is missing");
        }
        return new String(header.value(), UTF_8);
    }

    private static void add(Headers headers, String name, Object value) {
        headers.add(name, value.toString().getBytes(UTF_8));
    }
}
