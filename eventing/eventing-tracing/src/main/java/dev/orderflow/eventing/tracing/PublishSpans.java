package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.outbox.PublicationContext;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;

/**
 * Records the publication of each sampled event. Its span is what the event carries, so the spans of sending and of all consumers
 * are its children, also those of retries and replays. The span lasts until the transaction commits, and is abandoned if it rolls
 * back.
 * <p>
 * The parent is the span of the current {@link EventContext}, not the thread's current span: a thread that commits the requests of
 * several clients together publishes each event on behalf of its own request. Its span is linked then.
 */
final class PublishSpans implements PublicationContext {

    private final EventSpans spans;

    PublishSpans(EventSpans spans) {
        this.spans = spans;
    }

    @Override
    public EventContext of(Publication event, EventContext current) {
        var cause = current.traceparent();
        if (!spans.isRecording() || cause != null && !Traceparent.isSampled(cause)) {
            return current;
        }
        var builder = spans.childOf(cause, current.tracestate())
                .name("publish " + event.type())
                .kind(Span.Kind.PRODUCER);
        if (cause != null) {
            linkTransaction(builder, cause);
        }
        var span = builder.start();
        try {
            if (!span.isNoop()) {
                span.tag(EventSpans.ID, event.id().toString())
                        .tag(EventSpans.TYPE, event.type())
                        .tag(EventSpans.KEY, event.key())
                        .tag(EventSpans.TOPIC, event.topic());
            }
            return Traceparent.within(current, span.context());
        } finally {
            UncommittedSpans.end(span);
        }
    }

    private void linkTransaction(Span.Builder builder, String cause) {
        var current = spans.tracer().currentSpan();
        if (current != null
                && isRecorded(current.context())
                && !cause.contains(current.context().spanId())) {
            builder.addLink(new Link(current.context()));
        }
    }

    private static boolean isRecorded(TraceContext context) {
        return Boolean.TRUE.equals(context.sampled());
    }
}
