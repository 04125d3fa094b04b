package dev.orderflow.hub.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.wire.ReceivedEvent;
import dev.orderflow.eventing.wire.UndecodableEventException;
import dev.orderflow.events.EventTenant;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads records as events, whatever they contain. */
@Component
class RecordReader {

    private static final Pattern RETRY = Pattern.compile("(.+)\\.retry-[1-9][0-9]?");
    private static final Pattern DEAD = Pattern.compile("(.+)\\.dlt");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** The tenant of events whose tenant cannot exist. No token names it, so that nobody sees them. */
    static final String NO_TENANT = "-";

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int LONGEST_NAME = 300;

    /** Sum of a payload's exponents: {@code jsonb} writes numbers without them, and a megabyte of text would become a gigabyte. */
    private static final long MOST_DIGITS = 10_000;

    /** Characters of an exponent that is read at all. */
    private static final int LONGEST_EXPONENT = 9;

    /** PostgreSQL's parser recurses; deeper payloads could exceed its stack, which would fail the whole batch. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(1_000)
                    .build())
            .build();

    private final long largestData;

    RecordReader(StoreProperties properties) {
        this.largestData = properties.largestData().toBytes();
    }

    /** The result of reading a record. */
    sealed interface Reading {

        /** The record has an event. */
        record Found(StagedEvent event) implements Reading {}

        /** @param reason value of the metric's tag */
        record None(String reason) implements Reading {}
    }

    Reading read(ConsumerRecord<String, byte[]> message) {
        try {
            var received = ReceivedEvent.of(message.headers(), message.value());
            if (received.type() == null) {
                return new Reading.None("no_event");
            }
            var metadata = received.metadata(message.key());
            return new Reading.Found(staged(sighting(message), metadata, received));
        } catch (UndecodableEventException e) {
            return new Reading.None("undecodable");
        }
    }

    private StagedEvent staged(Sighting sighting, EventMetadata metadata, ReceivedEvent received) {
        var data = received.data();
        var tenant = metadata.tenantId();
        var owner =
                tenant == null ? EventTenant.DEFAULT : TENANT.matcher(tenant).matches() ? tenant : NO_TENANT;
        if (data == null) {
            return new StagedEvent(sighting, metadata, owner, null, null, 0);
        }
        var stored = data.length <= largestData;
        var json = stored ? json(data) : null;
        return new StagedEvent(sighting, metadata, owner, json, stored && json == null ? data : null, data.length);
    }

    /** Returns the text of a payload that may be JSON; null if PostgreSQL could not even try to read it. */
    private static @Nullable String json(byte[] data) {
        try {
            // The parser would detect other encodings, in which the text cannot be copied.
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
            return text.indexOf('\0') < 0 && isReadable(text) ? text : null;
        } catch (JacksonException | CharacterCodingException e) {
            return null;
        }
    }

    /**
     * Returns whether the depth and the numbers of a JSON text are within bounds.
     *
     * @throws JacksonException if its syntax is wrong
     */
    private static boolean isReadable(String text) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            var digits = 0L;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                digits += token == JsonToken.VALUE_NUMBER_FLOAT ? digits(parser.getString()) : 0;
                if (digits > MOST_DIGITS) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns the number of digits that an exponent adds to the number. */
    private static long digits(String number) {
        var begin = Math.max(number.indexOf('e'), number.indexOf('E')) + 1;
        if (begin == 0) {
            return 0;
        }
        var exponent = number.substring(begin);
        return exponent.length() > LONGEST_EXPONENT ? MOST_DIGITS + 1 : Math.abs(Long.parseLong(exponent));
    }

    private static Sighting sighting(ConsumerRecord<String, byte[]> message) {
        var place = new Place(message.topic(), message.partition(), message.offset());
        var time = bounded(message.timestamp());
        var headers = message.headers();
        var retry = RETRY.matcher(message.topic());
        if (retry.matches()) {
            var copy = new Sighting.Copy(retry.group(1), false, hop(headers), due(headers), null, null);
            return new Sighting(place, time, origin(headers, "retry_topic", message.topic()), copy);
        }
        var dead = DEAD.matcher(message.topic());
        if (dead.matches()) {
            var copy = new Sighting.Copy(
                    dead.group(1),
                    true,
                    null,
                    null,
                    text(headers, "dead_handler", LONGEST_NAME),
                    text(headers, "dead_exception", LONGEST_NAME));
            return new Sighting(place, time, origin(headers, "dead_topic", message.topic()), copy);
        }
        return new Sighting(place, time, message.topic(), null);
    }

    private static Instant bounded(long timestamp) {
        var time = Instant.ofEpochMilli(timestamp);
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }

    private static String origin(Headers headers, String name, String otherwise) {
        var origin = text(headers, name, LONGEST_NAME);
        return origin == null ? otherwise : origin;
    }

    private static @Nullable Integer hop(Headers headers) {
        var number = number(headers, "retry_hop");
        return number == null || number < 0 || number > Integer.MAX_VALUE ? null : number.intValue();
    }

    private static @Nullable Instant due(Headers headers) {
        var number = number(headers, "retry_due");
        return number == null ? null : bounded(number);
    }

    private static @Nullable Long number(Headers headers, String name) {
        var text = text(headers, name, 20);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String text(Headers headers, String name, int longest) {
        var header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        var text = new String(header.value(), UTF_8);
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
