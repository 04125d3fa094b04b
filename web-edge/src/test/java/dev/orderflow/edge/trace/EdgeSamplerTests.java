package dev.orderflow.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EdgeSamplerTests {

    /** A trace id that a sampler by ratio always samples: its last digits are zeros. */
    private static final String LUCKY = "0af7651916cd43dd0000000000000001";

    private static final String PARENT = "b7ad6b7169203331";

    @Test
    void aClientsWishToBeRecordedCountsAsMuchAsAnyRequest() {
        var sampler = new EdgeSampler(Sampler.parentBased(Sampler.traceIdRatioBased(0.1)));

        var recorded = IntStream.range(0, 10_000)
                .filter(request -> isRecorded(sampler, SpanKind.SERVER, client(TraceFlags.getSampled())))
                .count();

        assertThat(recorded).isBetween(700L, 1_300L);
    }

    @Test
    void aClientThatRecordsNothingIsObeyed() {
        var sampler = new EdgeSampler(Sampler.parentBased(Sampler.alwaysOn()));

        assertThat(isRecorded(sampler, SpanKind.SERVER, client(TraceFlags.getDefault())))
                .isFalse();
        assertThat(isRecorded(sampler, SpanKind.SERVER, client(TraceFlags.getSampled())))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = SpanKind.class,
            names = {"CONSUMER", "PRODUCER", "CLIENT", "INTERNAL"})
    void whatFollowsFromTheRequestObeysTheDecision(SpanKind kind) {
        var never = new EdgeSampler(Sampler.parentBased(Sampler.alwaysOff()));
        var always = new EdgeSampler(Sampler.parentBased(Sampler.alwaysOn()));

        assertThat(isRecorded(never, kind, client(TraceFlags.getSampled()))).isTrue();
        assertThat(isRecorded(always, kind, client(TraceFlags.getDefault()))).isFalse();
    }

    @Test
    void nothingIsRecordedWithoutAnEndpoint() {
        var off = new EdgeSampler(Sampler.alwaysOff());

        assertThat(isRecorded(off, SpanKind.SERVER, client(TraceFlags.getSampled())))
                .isFalse();
        assertThat(isRecorded(off, SpanKind.CONSUMER, client(TraceFlags.getSampled())))
                .isFalse();
    }

    private static Context client(TraceFlags flags) {
        var span = SpanContext.createFromRemoteParent(LUCKY, PARENT, flags, TraceState.getDefault());
        return Context.root().with(Span.wrap(span));
    }

    private static boolean isRecorded(Sampler sampler, SpanKind kind, Context parent) {
        return sampler.shouldSample(parent, LUCKY, "a span", kind, Attributes.empty(), List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    }
}
