package dev.orderflow.eventing.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import io.micrometer.tracing.TraceContext;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTests {

    private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

    @Test
    void theLowestBitOfTheFlagsSaysWhetherATraceIsRecorded() {
        assertThat(Traceparent.isSampled(SPAN + "01")).isTrue();
        assertThat(Traceparent.isSampled(SPAN + "03")).isTrue();
        assertThat(Traceparent.isSampled(SPAN + "00")).isFalse();
        assertThat(Traceparent.isSampled(SPAN + "02")).isFalse();
        assertThat(Traceparent.isSampled(header(SPAN + "01"))).isTrue();
        assertThat(Traceparent.isSampled(header(SPAN + "00"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "1", SPAN, SPAN + "0x", SPAN + "01-more"})
    void aMalformedValueIsNotRecorded(String value) {
        assertThat(Traceparent.isSampled(value)).isFalse();
        assertThat(Traceparent.isSampled(header(value))).isFalse();
    }

    @Test
    void anAbsentHeaderOrValueIsNotRecorded() {
        assertThat(Traceparent.isSampled((String) null)).isFalse();
        assertThat(Traceparent.isSampled((RecordHeader) null)).isFalse();
        assertThat(Traceparent.isSampled(new RecordHeader("traceparent", (byte[]) null))).isFalse();
    }

    @Test
    void aContextWithinASpanKeepsItsOtherAttributes() {
        var recorded = new RecordedSpans();
        var span = recorded.tracer.nextSpan().start();
        var context = Traceparent.within(EventContext.none(), span.context());

        assertThat(context.traceparent())
                .isEqualTo("00-" + span.context().traceId() + "-" + span.context().spanId() + "-01");
        assertThat(context.priority()).isEqualTo(EventContext.none().priority());
    }

    @Test
    void withoutATracerAContextStaysAsItIs() {
        var context = Traceparent.within(EventContext.none(), TraceContext.NOOP);

        assertThat(context).isSameAs(EventContext.none());
    }

    private static RecordHeader header(String value) {
        return new RecordHeader("traceparent", value.getBytes(UTF_8));
    }
}
