package dev.orderflow.eventing.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelBaggageManager;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Map;

/** A tracer, and the spans that it has recorded. */
final class RecordedSpans {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    final Tracer tracer;
    final Propagator propagator;
    final EventSpans spans;

    RecordedSpans() {
        this(1);
    }

    /** @param probability of sampling a trace that begins here */
    RecordedSpans(double probability) {
        var provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(probability)))
                .build();
        var otel = provider.get("test");
        var current = new OtelCurrentTraceContext();
        var fields = List.of(FlowScope.TENANT, FlowScope.INTENT, FlowScope.CORRELATION);
        tracer = new OtelTracer(otel, current, event -> {}, new OtelBaggageManager(current, fields, List.of()));
        propagator = new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
        spans = new EventSpans(tracer, propagator, true);
    }

    /** Returns the spans that have ended, in the order of their ends. */
    List<SpanData> all() {
        return exporter.getFinishedSpanItems();
    }

    SpanData only() {
        var all = all();
        if (all.size() != 1) {
            throw new AssertionError("not one span: " + all);
        }
        return all.getFirst();
    }

    static String tag(SpanData span, String name) {
        return String.valueOf(span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null));
    }


    static String traceparent(SpanData span) {
        return "00-" + span.getTraceId() + '-' + span.getSpanId() + "-01";
    }
}
