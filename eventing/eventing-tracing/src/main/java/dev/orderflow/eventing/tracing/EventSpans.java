package dev.orderflow.eventing.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

/** Starts spans as children of the span that an event carries. */
final class EventSpans {

    static final String ID = "event.id";
    static final String TYPE = "event.type";
    static final String KEY = "event.key";
    static final String OUTCOME = "event.outcome";
    static final String HOP = "event.hop";
    static final String RETRY = "event.retry";
    static final String CAUSE = "event.cause";
    static final String TOPIC = "messaging.destination.name";
    static final String GROUP = "messaging.consumer.group.name";

    /** Longest tag, in characters. A record may contain any key and type, and a failure any message. */
    private static final int LONGEST_TAG = 250;

    private final Tracer tracer;
    private final Propagator propagator;
    private final boolean recording;

    /** @param recording false if the tracer never records, so that nothing needs to be done */
    EventSpans(Tracer tracer, Propagator propagator, boolean recording) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.recording = recording;
    }

    /** The trace context of an event, as the propagator reads it. */
    private record Carrier(String traceparent, @Nullable String tracestate) {

        private @Nullable String get(String name) {
            return switch (name) {
                case Traceparent.NAME -> traceparent;
                case "tracestate" -> tracestate;
                default -> null;
            };
        }
    }

    Tracer tracer() {
        return tracer;
    }

    boolean isRecording() {
        return recording;
    }

    /** Returns a child of the event's span. Without a {@code traceparent}, a child of the current span or the first of a trace. */
    Span.Builder childOf(@Nullable String traceparent, @Nullable String tracestate) {
        return traceparent == null
                ? tracer.spanBuilder()
                : propagator.extract(new Carrier(traceparent, tracestate), Carrier::get);
    }

    /** Bounds the text of a tag. */
    static String bounded(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.length() <= LONGEST_TAG ? text : text.substring(0, LONGEST_TAG);
    }
}
