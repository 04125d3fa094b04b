package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.EventContext;
import io.micrometer.tracing.Span;

/**
 * Spans of requests over protocols that nothing else traces, such as gRPC. HTTP requests have spans of their own.
 * <p>
 * The sampler decides for such a span whether the trace is recorded, as for that of an HTTP request.
 */
public final class RequestSpans {

    private final EventSpans spans;

    RequestSpans(EventSpans spans) {
        this.spans = spans;
    }

    /**
     * Begins the span of a request, a child of the span in the current {@link EventContext}, which becomes the cause of the
     * events that this thread publishes. Does nothing in an application that never records.
     *
     * @param name of the operation, without ids
     * @return ends the span; must be closed by the same thread, before the context that was current
     */
    public EventContext.Scope open(String name) {
        if (!spans.isRecording()) {
            return () -> {};
        }
        var context = EventContext.current();
        var span = spans.childOf(context.traceparent(), context.tracestate())
                .name(EventSpans.bounded(name))
                .kind(Span.Kind.SERVER)
                .start();
        var scope = spans.tracer().withSpan(span);
        var flow = FlowScope.open(spans.tracer(), Traceparent.within(context, span.context()));
        return () -> {
            flow.close();
            scope.close();
            span.end();
        };
    }
}
