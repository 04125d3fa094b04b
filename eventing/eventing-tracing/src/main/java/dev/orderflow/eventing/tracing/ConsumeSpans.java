package dev.orderflow.eventing.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.inbox.ConsumptionListener;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.retry.KeyQueues.Move;
import dev.orderflow.eventing.retry.SourceRecord;
import io.micrometer.tracing.Span;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records each attempt to handle a sampled event, from the handler's first call to the commit that decides its outcome.
 * <p>
 * The span is a child of the event's publication. It is the current one during the handler, so that calls and published events
 * become its children. An event that never reaches its handler, such as a copy or one behind a failed event, has a span without
 * duration. An event that is not sampled costs a look at its {@code traceparent}.
 */
final class ConsumeSpans implements HandlerCalls.Step, ConsumptionListener, PeriodicTask, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumeSpans.class);

    private final EventSpans spans;
    private final String group;
    private final OpenSpans open;

    ConsumeSpans(EventSpans spans, String group, OpenSpans open) {
        this.spans = spans;
        this.group = group;
        this.open = open;
    }

    @Override
    public HandlerCalls.Place place() {
        return HandlerCalls.Place.SPAN;
    }

    @Override
    public void around(HandlerCalls.Call call, Runnable next) {
        var traceparent = call.metadata().traceparent();
        if (!spans.isRecording()) {
            next.run();
        } else if (traceparent == null || Traceparent.isSampled(traceparent)) {
            var span = open.open(call.id(), () -> start(call));
            run(span, next, Traceparent.within(EventContext.current(), span.context()));
        } else if (call.handler().callsOut()) {
            runUnsampled(traceparent, next);
        } else {
            next.run();
        }
    }

    private void run(Span span, Runnable next, EventContext context) {
        var scope = spans.tracer().withSpan(span);
        var flow = FlowScope.open(spans.tracer(), context);
        try {
            next.run();
            span.event("handled");
        } catch (RuntimeException | Error e) {
            span.error(e);
            throw e;
        } finally {
            flow.close();
            scope.close();
        }
    }

    /** Lets calls inherit that the trace is not recorded. Otherwise they would decide again and begin traces in its middle. */
    private void runUnsampled(String traceparent, Runnable next) {
        var span = spans.childOf(traceparent, null).start();
        var scope = spans.tracer().withSpan(span);
        try {
            next.run();
        } finally {
            scope.close();
            span.end();
        }
    }

    @Override
    public void applied(ConsumedRecord event) {
        end(event.source(), "applied", span -> span.tag(EventSpans.HOP, event.hop()));
    }

    @Override
    public void expired(ConsumedRecord event) {
        end(event.source(), "expired", span -> span.tag(EventSpans.HOP, event.hop()));
    }

    @Override
    public void duplicate(ConsumedRecord event) {
        // The first delivery may still be open, so this one has a span of its own.
        report(() -> endNew(event.source(), "duplicate", span -> span.tag(EventSpans.HOP, event.hop())));
    }

    @Override
    public void moved(Move move) {
        switch (move) {
            case Move.Retried retried ->
                end(
                        move.source(),
                        "retried",
                        span -> cause(span, retried.cause()).tag(EventSpans.RETRY, retried.level()));
            case Move.Held held -> end(move.source(), "held", span -> span);
            case Move.Died died -> end(move.source(), "dead", span -> cause(span, died.cause()));
        }
    }

    @Override
    public String name() {
        return "open-spans";
    }

    @Override
    public Duration period() {
        return OpenSpans.LONGEST;
    }

    @Override
    public void run() {
        open.endUndecided();
    }

    @Override
    public void close() {
        open.endAll();
    }

    private void end(SourceRecord event, String outcome, UnaryOperator<Span> details) {
        report(() -> {
            var span = open.take(event.id());
            if (span == null) {
                endNew(event, outcome, details);
            } else {
                details.apply(span).tag(EventSpans.OUTCOME, outcome).end();
            }
        });
    }

    /** Records an event that no handler was called with. */
    private void endNew(SourceRecord event, String outcome, UnaryOperator<Span> details) {
        var traceparent = event.headers().lastHeader(Traceparent.NAME);
        if (Traceparent.isSampled(traceparent)) {
            var span = builder(new String(traceparent.value(), UTF_8), null, event.type())
                    .start();
            describe(span, event.id().toString(), event.type(), event.key());
            details.apply(span)
                    .tag(EventSpans.TOPIC, event.topic())
                    .tag(EventSpans.OUTCOME, outcome)
                    .end();
        }
    }

    private Span start(HandlerCalls.Call call) {
        var event = call.metadata();
        var span =
                builder(event.traceparent(), event.tracestate(), event.type()).start();
        describe(span, call.id().toString(), event.type(), event.subject());
        return span;
    }

    private Span.Builder builder(@Nullable String traceparent, @Nullable String tracestate, String type) {
        return spans.childOf(traceparent, tracestate)
                .name("consume " + EventSpans.bounded(type))
                .kind(Span.Kind.CONSUMER);
    }

    private void describe(Span span, String id, String type, @Nullable String key) {
        if (!span.isNoop()) {
            span.tag(EventSpans.ID, id)
                    .tag(EventSpans.TYPE, EventSpans.bounded(type))
                    .tag(EventSpans.KEY, EventSpans.bounded(key))
                    .tag(EventSpans.GROUP, group);
        }
    }

    private static Span cause(Span span, String cause) {
        return span.tag(EventSpans.CAUSE, EventSpans.bounded(cause));
    }

    /** Records, and logs a failure to do so. The event is committed, so its consumer must not learn of it and consume it again. */
    private void report(Runnable recording) {
        if (!spans.isRecording()) {
            return;
        }
        try {
            recording.run();
        } catch (RuntimeException e) {
            LOG.warn("span=lost", e);
        }
    }
}
