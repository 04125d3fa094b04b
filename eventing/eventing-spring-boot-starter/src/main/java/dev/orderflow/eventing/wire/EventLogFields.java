package dev.orderflow.eventing.wire;

import dev.orderflow.eventing.EventContext.Scope;
import dev.orderflow.eventing.EventMetadata;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Fields of the log context that say which event a line is about: its id, type, key, flow, trace and tenant. The same for the lines
 * of handlers and those about events that had no effect. A missing attribute has none.
 */
public final class EventLogFields {

    private static final String ID = "eventId";
    private static final String TYPE = "eventType";
    private static final String KEY = "eventKey";
    private static final String CORRELATION_ID = "correlationId";
    private static final String TRACE_ID = "traceId";
    private static final String TENANT_ID = "tenantId";

    /** Position of the trace's id in a W3C traceparent of version 00. */
    private static final int TRACE_BEGIN = 3;

    private static final int TRACE_END = 35;

    private EventLogFields() {}

    /** Gives the fields of a valid event to this thread, until the scope is closed. */
    public static Scope open(EventMetadata metadata) {
        MDC.put(ID, metadata.id().toString());
        MDC.put(TYPE, LogText.of(metadata.type()));
        MDC.put(KEY, LogText.of(metadata.subject()));
        MDC.put(CORRELATION_ID, LogText.of(metadata.correlationId()));
        putTrace(metadata.traceparent());
        putIfPresent(TENANT_ID, metadata.tenantId());
        return EventLogFields::close;
    }

    /**
     * Gives the fields of a record, which need not be a valid event, to this thread until the scope is closed.
     *
     * @param id    id by which the group remembers the record
     * @param value the record's value, which contains the attributes in structured content mode
     */
    public static Scope open(UUID id, String type, @Nullable String key, Headers headers, byte @Nullable [] value) {
        var attributes = attributesOf(headers, value);
        MDC.put(ID, id.toString());
        MDC.put(TYPE, LogText.of(type));
        putIfPresent(KEY, key);
        putIfPresent(CORRELATION_ID, text(attributes, "ce_correlationid"));
        var traceparent = text(attributes, "traceparent");
        putTrace(traceparent == null ? text(attributes, "ce_traceparent") : traceparent);
        putIfPresent(TENANT_ID, text(attributes, "ce_tenantid"));
        return EventLogFields::close;
    }

    /** Returns the attributes of what can be read: whatever a record contains, it must be possible to log that it failed. */
    private static Headers attributesOf(Headers headers, byte @Nullable [] value) {
        try {
            return ReceivedEvent.of(headers, value).headers();
        } catch (RuntimeException e) {
            return headers;
        }
    }

    private static @Nullable String text(Headers attributes, String name) {
        var header = attributes.lastHeader(name);
        return header == null ? null : CloudEventHeaders.text(header);
    }

    private static void putTrace(@Nullable String traceparent) {
        if (traceparent != null && traceparent.length() > TRACE_END) {
            MDC.put(TRACE_ID, LogText.of(traceparent.substring(TRACE_BEGIN, TRACE_END)));
        }
    }

    private static void putIfPresent(String field, @Nullable String value) {
        if (value != null) {
            MDC.put(field, LogText.of(value));
        }
    }

    private static void close() {
        MDC.remove(ID);
        MDC.remove(TYPE);
        MDC.remove(KEY);
        MDC.remove(CORRELATION_ID);
        MDC.remove(TRACE_ID);
        MDC.remove(TENANT_ID);
    }
}
