package dev.orderflow.eventing.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import java.time.Instant;
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
 * {@code content-type} for the data. {@code traceparent} and {@code tracestate} are separate headers, as W3C Trace Context
 * defines them.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     Protocol Binding for CloudEvents</a>
 */
public final class CloudEventHeaders {

    /** Longest attribute in characters; a consumer rejects longer ones. */
    public static final int LONGEST_ATTRIBUTE = ReceivedAttributes.LONGEST;

    private static final String CORRELATION_ID = "ce_correlationid";
    private static final String CAUSATION_ID = "ce_causationid";
    private static final String PRIORITY = "ce_priority";

    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header JSON = header(ContentType.HEADER, EventMetadata.JSON);
    private static final Header NORMAL = header(PRIORITY, "normal");
    private static final Header HIGH = header(PRIORITY, "high");
    private static final Header BULK = header(PRIORITY, "bulk");

    private static final int LONGEST_SHOWN = 100;

    private CloudEventHeaders() {}

    /** Returns all headers of an event. */
    public static List<Header> of(EventMetadata metadata) {
        var headers = new ArrayList<Header>(16);
        addIdentity(
                headers,
                metadata.publishedId().getBytes(UTF_8),
                header(ContentType.HEADER, metadata.dataContentType()),
                bytes(metadata.type()),
                bytes(metadata.source()),
                bytes(metadata.subject()),
                metadata.sequence());
        var context = new EventContext(
                metadata.correlationId(),
                metadata.causationId(),
                metadata.intent(),
                metadata.tenantId(),
                metadata.priority(),
                metadata.deadline(),
                metadata.traceparent(),
                metadata.tracestate());
        headers.addAll(
                contextOf(metadata.time(), metadata.correlationId(), metadata.intent(), context, metadata.dedupKey()));
        addIfPresent(headers, "ce_dataschema", metadata.dataSchema());
        addDerived(headers);
        return headers;
    }

    /**
     * Adds the attributes that identify the event. Together with those of {@link #contextOf} and {@link #addDerived} they are
     * complete.
     */
    public static void addIdentity(
            Collection<Header> headers, UUID id, byte[] type, byte[] source, byte[] subject, long sequence) {
        addIdentity(headers, id.toString().getBytes(ISO_8859_1), JSON, type, source, subject, sequence);
    }

    /**
     * Returns the attributes that describe the event's origin, except those that {@link #addDerived} derives from them.
     *
     * @param correlationId id of the flow, also where {@code context} has none
     * @param intent        the event's own, or else that of {@code context}
     */
    public static List<Header> contextOf(
            @Nullable Instant time,
            String correlationId,
            @Nullable String intent,
            EventContext context,
            @Nullable String dedupKey) {
        var headers = new ArrayList<Header>(8);
        addIfPresent(headers, "ce_time", time);
        headers.add(header(CORRELATION_ID, correlationId));
        if (!correlationId.equals(context.causationId())) {
            addIfPresent(headers, CAUSATION_ID, context.causationId());
        }
        addIfPresent(headers, "ce_intent", intent);
        addIfPresent(headers, "traceparent", context.traceparent());
        addIfPresent(headers, "tracestate", context.tracestate());
        addIfPresent(headers, "ce_tenantid", context.tenantId());
        addIfPresent(headers, "ce_deadline", context.deadline());
        addIfPresent(headers, "ce_dedupkey", dedupKey);
        switch (context.priority()) {
            case HIGH -> headers.add(HIGH);
            case BULK -> headers.add(BULK);
            case NORMAL -> {
                // Derived.
            }
        }
        return headers;
    }

    /**
     * Adds what the other attributes imply, so that the outbox need not store it: the priority of most events, and the cause of an
     * event that begins a flow, which is the flow.
     */
    public static void addDerived(Collection<Header> headers) {
        Header correlation = null;
        var caused = false;
        var prioritized = false;
        for (var header : headers) {
            switch (header.key()) {
                case CORRELATION_ID -> correlation = header;
                case CAUSATION_ID -> caused = true;
                case PRIORITY -> prioritized = true;
                default -> {
                    // Nothing follows from it.
                }
            }
        }
        if (!caused && correlation != null) {
            headers.add(new RecordHeader(CAUSATION_ID, correlation.value()));
        }
        if (!prioritized) {
            headers.add(NORMAL);
        }
    }

    /**
     * Reads the attributes of a record in binary content mode.
     *
     * @throws UndecodableEventException naming the attribute, when a required one is missing, or any is malformed
     */
    public static EventMetadata read(Headers headers) {
        return new ReceivedAttributes(headers).metadata(null);
    }

    /** Returns the event's type; null if the record has none and is therefore not an event of this starter. */
    public static @Nullable String typeOf(Headers headers) {
        var header = headers.lastHeader("ce_type");
        return header == null ? null : text(header);
    }

    /** Returns the id that the inbox remembers for a record; null if the record has no id. */
    public static @Nullable UUID identityOf(Headers headers) {
        var header = headers.lastHeader("ce_id");
        var id = header == null ? null : text(header);
        if (id == null) {
            return null;
        }
        var source = headers.lastHeader("ce_source");
        return EventIdentity.of(source == null ? null : text(source), id);
    }

    /** Returns whether consumers accept a point in time. */
    public static boolean isReadable(Instant time) {
        return JsonBounds.isWithin(time);
    }

    /** Returns a header's text; null if it is empty. */
    static @Nullable String text(Header header) {
        var value = header.value();
        return value == null || value.length == 0 ? null : new String(value, UTF_8);
    }

    /** Returns the beginning of an attribute for a message. */
    static String shown(String attribute) {
        return "'"
                + (attribute.length() <= LONGEST_SHOWN ? attribute : attribute.substring(0, LONGEST_SHOWN) + "…")
                + "'";
    }

    static byte[] bytes(String value) {
        return value.getBytes(UTF_8);
    }

    private static void addIdentity(
            Collection<Header> headers,
            byte[] id,
            Header contentType,
            byte[] type,
            byte[] source,
            byte[] subject,
            long sequence) {
        headers.add(SPEC_VERSION);
        headers.add(contentType);
        headers.add(new RecordHeader("ce_id", id));
        headers.add(new RecordHeader("ce_type", type));
        headers.add(new RecordHeader("ce_source", source));
        headers.add(new RecordHeader("ce_subject", subject));
        headers.add(new RecordHeader("ce_sequence", Long.toString(sequence).getBytes(ISO_8859_1)));
    }

    private static void addIfPresent(List<Header> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.add(header(name, value.toString()));
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, bytes(value));
    }
}
