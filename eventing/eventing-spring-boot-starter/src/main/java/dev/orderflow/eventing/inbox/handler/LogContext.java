package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.wire.LogText;
import org.slf4j.MDC;

/** Puts the event's id, type, key, flow, trace and tenant into the log context while it is handled. */
class LogContext implements HandlerCalls.Step {

    private static final String ID = "eventId";
    private static final String TYPE = "eventType";
    private static final String KEY = "eventKey";
    private static final String CORRELATION_ID = "correlationId";
    private static final String TRACE_ID = "traceId";
    private static final String TENANT_ID = "tenantId";

    /** Position of the trace's id in a W3C traceparent of version 00. */
    private static final int TRACE_BEGIN = 3;

    private static final int TRACE_END = 35;

    @Override
    public HandlerCalls.Place place() {
        return HandlerCalls.Place.LOG;
    }

    @Override
    public void around(HandlerCalls.Call delivery, Runnable next) {
        var metadata = delivery.metadata();
        try {
            MDC.put(ID, metadata.id().toString());
            MDC.put(TYPE, LogText.of(metadata.type()));
            MDC.put(KEY, LogText.of(metadata.subject()));
            MDC.put(CORRELATION_ID, LogText.of(metadata.correlationId()));
            var traceparent = metadata.traceparent();
            if (traceparent != null && traceparent.length() > TRACE_END) {
                MDC.put(TRACE_ID, LogText.of(traceparent.substring(TRACE_BEGIN, TRACE_END)));
            }
            if (metadata.tenantId() != null) {
                MDC.put(TENANT_ID, LogText.of(metadata.tenantId()));
            }
            next.run();
        } finally {
            MDC.remove(ID);
            MDC.remove(TYPE);
            MDC.remove(KEY);
            MDC.remove(CORRELATION_ID);
            MDC.remove(TRACE_ID);
            MDC.remove(TENANT_ID);
        }
    }
}
