package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that one pass over a record's headers finds, and their validation. The last of several headers with the same name
 * counts; an attribute without a value is missing.
 */
final class ReceivedAttributes {

    private static final String VERSION = "1.0";

    /** Longest attribute. Limited because each log line and each event that this event causes copies some of its attributes. */
    static final int LONGEST = 1_000;

    /** Longest {@code traceparent}. A longer one starts a new trace, as W3C Trace Context requires for a value that cannot be parsed. */
    private static final int LONGEST_TRACEPARENT = 200;

    /** Longest {@code tracestate} that W3C Trace Context requires to be passed on. */
    private static final int LONGEST_TRACESTATE = 512;

    private @Nullable String specVersion;
    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String source;
    private @Nullable String subject;
    private @Nullable String time;
    private @Nullable String contentType;
    private @Nullable String dataSchema;
    private @Nullable String sequence;
    private @Nullable String correlationId;
    private @Nullable String causationId;
    private @Nullable String intent;
    private @Nullable String tenantId;
    private @Nullable String priority;
    private @Nullable String deadline;
    private @Nullable String dedupKey;
    private @Nullable String traceparent;
    private @Nullable String extensionTraceparent;
    private @Nullable String tracestate;
    private @Nullable String extensionTracestate;

    ReceivedAttributes(Headers headers) {
        for (var header : headers) {
            switch (header.key()) {
                case "ce_specversion" -> specVersion = CloudEventHeaders.text(header);
                case "ce_id" -> id = CloudEventHeaders.text(header);
                case "ce_type" -> type = CloudEventHeaders.text(header);
                case "ce_source" -> source = CloudEventHeaders.text(header);
                case "ce_subject" -> subject = CloudEventHeaders.text(header);
                case "ce_time" -> time = CloudEventHeaders.text(header);
                case ContentType.HEADER -> contentType = ContentType.of(header);
                case "ce_dataschema" -> dataSchema = CloudEventHeaders.text(header);
                case "ce_sequence" -> sequence = CloudEventHeaders.text(header);
                case "ce_correlationid" -> correlationId = CloudEventHeaders.text(header);
                case "ce_causationid" -> causationId = CloudEventHeaders.text(header);
                case "ce_intent" -> intent = CloudEventHeaders.text(header);
                case "ce_tenantid" -> tenantId = CloudEventHeaders.text(header);
                case "ce_priority" -> priority = CloudEventHeaders.text(header);
                case "ce_deadline" -> deadline = CloudEventHeaders.text(header);
                case "ce_dedupkey" -> dedupKey = CloudEventHeaders.text(header);
                case "traceparent" -> traceparent = CloudEventHeaders.text(header);
                case "ce_traceparent" -> extensionTraceparent = CloudEventHeaders.text(header);
                case "tracestate" -> tracestate = CloudEventHeaders.text(header);
                case "ce_tracestate" -> extensionTracestate = CloudEventHeaders.text(header);
                default -> {
                    // Other headers are not attributes that this application knows.
                }
            }
        }
    }

    /**
     * @param key the record's key
     * @throws UndecodableEventException naming the attribute that is missing or malformed
     */
    EventMetadata metadata(@Nullable String key) {
        var version = required("specversion", specVersion);
        if (!version.equals(VERSION)) {
            throw malformed("specversion", version, "only " + VERSION + " is supported");
        }
        var publishedId = required("id", id);
        var publisher = required("source", source);
        var about = bounded("subject", subject);
        if (about == null) {
            about = key == null || key.isEmpty() || key.length() > LONGEST ? publishedId : key;
        }
        var correlation = bounded("correlationid", correlationId);
        if (correlation == null) {
            correlation = about;
        }
        var causation = bounded("causationid", causationId);
        var traced = traceparent == null ? extensionTraceparent : traceparent;
        return new EventMetadata(
                EventIdentity.of(publisher, publishedId),
                publishedId,
                required("type", type),
                publisher,
                about,
                time("time", time),
                dataContentType(),
                bounded("dataschema", dataSchema),
                sequence(),
                correlation,
                causation == null ? correlation : causation,
                bounded("intent", intent),
                bounded("tenantid", tenantId),
                priority(),
                time("deadline", deadline),
                bounded("dedupkey", dedupKey),
                isTraceable(traced) ? traced : null,
                isTraceable(traced) ? shortState() : null);
    }

    private String dataContentType() {
        var stated = bounded("datacontenttype", contentType);
        if (stated == null) {
            return EventMetadata.JSON;
        }
        ContentType.requireJsonData(stated);
        return stated;
    }

    private long sequence() {
        if (sequence == null) {
            return 0;
        }
        try {
            return Long.parseLong(sequence);
        } catch (NumberFormatException e) {
            throw malformed("sequence", sequence, "a number of at most 19 digits is needed");
        }
    }

    private EventPriority priority() {
        return switch (priority) {
            case null -> EventPriority.NORMAL;
            case "high" -> EventPriority.HIGH;
            case "normal" -> EventPriority.NORMAL;
            case "bulk" -> EventPriority.BULK;
            default -> throw malformed("priority", priority, "high, normal or bulk is needed");
        };
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Instant time;
        try {
            time = UtcTime.parse(text);
        } catch (DateTimeException e) {
            throw malformed(name, text, "a time such as 2026-11-01T12:00:00Z is needed");
        }
        if (!JsonBounds.isWithin(time)) {
            throw malformed(name, text, "the year must be 1 to 9999");
        }
        return time;
    }

    private static boolean isTraceable(@Nullable String traceparent) {
        return traceparent != null && traceparent.length() <= LONGEST_TRACEPARENT;
    }

    private @Nullable String shortState() {
        var state = tracestate == null ? extensionTracestate : tracestate;
        return state != null && state.length() <= LONGEST_TRACESTATE ? state : null;
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw new UndecodableEventException("attribute " + name + " is missing");
        }
        return Objects.requireNonNull(bounded(name, value));
    }

    private static @Nullable String bounded(String name, @Nullable String value) {
        if (value != null && value.length() > LONGEST) {
            throw new UndecodableEventException(
                    "attribute " + name + " has " + value.length() + " characters, more than " + LONGEST);
        }
        return value;
    }

    private static UndecodableEventException malformed(String name, String value, String needed) {
        return new UndecodableEventException(
                "attribute " + name + " is " + CloudEventHeaders.shown(value) + "; " + needed);
    }
}
