package dev.orderflow.eventing.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.EventMetadata;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * An event's metadata as CloudEvents 1.0 attributes in Kafka binary content mode: one {@code ce_*} header per attribute, and
 * {@code content-type} for the data. {@code traceparent} is a separate header, as W3C Trace Context defines it.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     Protocol Binding for CloudEvents</a>
 */
public final class CloudEventHeaders {

    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header CONTENT_TYPE = header("content-type", "application/json");

    /** Longest attribute. Limited because each log line and each event that this event causes copies some of its attributes. */
    private static final int LONGEST_ATTRIBUTE = 1_000;

    /** Longest {@code traceparent}. A longer one starts a new trace, as W3C Trace Context requires for a value that cannot be parsed. */
    private static final int LONGEST_TRACEPARENT = 200;

    private CloudEventHeaders() {}

    public static List<Header> of(EventMetadata metadata) {
        var headers = new ArrayList<Header>(12);
        addIdentity(
                headers,
                metadata.id(),
                bytes(metadata.type()),
                bytes(metadata.source()),
                bytes(metadata.subject()),
                metadata.sequence());
        headers.addAll(contextOf(
                metadata.time(),
                metadata.correlationId(),
                metadata.causationId(),
                metadata.intent(),
                metadata.traceparent()));
        return headers;
    }

    /** Adds the attributes that identify the event. Together with those of {@link #contextOf} they are complete. */
    public static void addIdentity(
            Collection<Header> headers, UUID id, byte[] type, byte[] source, byte[] subject, long sequence) {
        headers.add(SPEC_VERSION);
        headers.add(CONTENT_TYPE);
        headers.add(new RecordHeader("ce_id", id.toString().getBytes(ISO_8859_1)));
        headers.add(new RecordHeader("ce_type", type));
        headers.add(new RecordHeader("ce_source", source));
        headers.add(new RecordHeader("ce_subject", subject));
        headers.add(new RecordHeader("ce_sequence", Long.toString(sequence).getBytes(ISO_8859_1)));
    }

    /** The attributes that describe the event's origin. */
    public static List<Header> contextOf(
            Instant time,
            String correlationId,
            @Nullable UUID causationId,
            @Nullable String intent,
            @Nullable String traceparent) {
        var headers = new ArrayList<Header>(5);
        headers.add(header("ce_time", time.toString()));
        headers.add(header("ce_correlationid", correlationId));
        addIfPresent(headers, "ce_causationid", causationId);
        addIfPresent(headers, "ce_intent", intent);
        addIfPresent(headers, "traceparent", traceparent);
        return headers;
    }

    /** @throws UndecodableEventException naming the attribute, when a required one is missing or malformed */
    public static EventMetadata read(Headers headers) {
        return new Attributes(headers).metadata();
    }

    /** Returns the event's type; null if the record has none and is therefore not an event of this starter. */
    public static @Nullable String typeOf(Headers headers) {
        var header = headers.lastHeader("ce_type");
        return header == null ? null : text(header);
    }

    /** Attributes that one pass over the headers finds. The last of several headers with the same name counts. */
    private static final class Attributes {

        private @Nullable String id;
        private @Nullable String type;
        private @Nullable String source;
        private @Nullable String subject;
        private @Nullable String time;
        private @Nullable String sequence;
        private @Nullable String correlationId;
        private @Nullable String causationId;
        private @Nullable String intent;
        private @Nullable String traceparent;

        private Attributes(Headers headers) {
            for (var header : headers) {
                switch (header.key()) {
                    case "ce_id" -> id = text(header);
                    case "ce_type" -> type = text(header);
                    case "ce_source" -> source = text(header);
                    case "ce_subject" -> subject = text(header);
                    case "ce_time" -> time = text(header);
                    case "ce_sequence" -> sequence = text(header);
                    case "ce_correlationid" -> correlationId = text(header);
                    case "ce_causationid" -> causationId = text(header);
                    case "ce_intent" -> intent = text(header);
                    case "traceparent" -> traceparent = text(header);
                    default -> {
                        // Other headers are not attributes of the event.
                    }
                }
            }
        }

        private EventMetadata metadata() {
            for (var attribute : new @Nullable String[] {source, subject, correlationId, intent}) {
                if (attribute != null && attribute.length() > LONGEST_ATTRIBUTE) {
                    throw new UndecodableEventException(
                            "a CloudEvents header has " + attribute.length() + " characters");
                }
            }
            try {
                return new EventMetadata(
                        UUID.fromString(required("ce_id", id)),
                        required("ce_type", type),
                        required("ce_source", source),
                        required("ce_subject", subject),
                        time(required("ce_time", time)),
                        Long.parseLong(required("ce_sequence", sequence)),
                        required("ce_correlationid", correlationId),
                        causationId == null ? null : UUID.fromString(causationId),
                        intent,
                        traceparent == null || traceparent.length() > LONGEST_TRACEPARENT ? null : traceparent);
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw new UndecodableEventException("malformed CloudEvents header: " + e.getMessage(), e);
            }
        }

        private static Instant time(String text) {
            var time = UtcTime.parse(text);
            if (!JsonBounds.isWithin(time)) {
                throw new UndecodableEventException("ce_time is out of range");
            }
            return time;
        }

        private static String required(String name, @Nullable String value) {
            if (value == null) {
                throw new UndecodableEventException("header " + name + " is missing");
            }
            return value;
        }
    }

    private static @Nullable String text(Header header) {
        var value = header.value();
        return value == null ? null : new String(value, UTF_8);
    }

    private static void addIfPresent(List<Header> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.add(header(name, value.toString()));
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }

    private static byte[] bytes(String value) {
        return value.getBytes(UTF_8);
    }
}
