package dev.orderflow.edge.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Decides at the edge whether a trace is recorded. All services obey that decision, which travels with the events.
 * <p>
 * A client that does not record its own trace is obeyed. One that does, by the flag {@code sampled} of its
 * {@code traceparent}, only wishes that the services record it as well: its request is recorded as likely as one
 * without a trace, and keeps its trace id. Otherwise any client could have all of its requests recorded.
 */
final class EdgeSampler implements Sampler {

    private final Sampler configured;
    private final IdGenerator ids = IdGenerator.random();

    /** @param configured decides about traces that begin here, and obeys the parents of other spans */
    EdgeSampler(Sampler configured) {
        this.configured = configured;
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        if (isWishOfClient(parent, kind)) {
            // The decision may depend on the trace id, of which a client could choose one that is always recorded.
            return configured.shouldSample(Context.root(), ids.generateTraceId(), name, kind, attributes, links);
        }
        return configured.shouldSample(parent, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "EdgeSampler{" + configured.getDescription() + "}";
    }

    /** Events are consumed and published by spans of other kinds. */
    private static boolean isWishOfClient(Context parent, SpanKind kind) {
        var client = Span.fromContext(parent).getSpanContext();
        return kind == SpanKind.SERVER && client.isRemote() && client.isSampled();
    }
}
