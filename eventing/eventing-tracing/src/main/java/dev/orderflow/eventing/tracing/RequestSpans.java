package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.EventContext;

/**
 * Makes the spans of requests the cause of the events that the requests publish. HTTP requests need nothing; the edge of another
 * protocol, such as gRPC, calls this on the thread that carries the request out.
 */
public final class RequestSpans {

    private final EventSpans spans;

    RequestSpans(EventSpans spans) {
        this.spans = spans;
    }

    /**
     * Continues the trace of the thread's current span. Does nothing without one, and in an application that never records.
     *
     * @return must be closed by the same thread, before the scopes of the span and of the context that were current
     */
    public EventContext.Scope open() {
        var span = spans.isRecording() ? spans.tracer().currentSpan() : null;
        return span == null
                ? () -> {}
                : FlowScope.open(spans.tracer(), Traceparent.within(EventContext.current(), span.context()));
    }
}
