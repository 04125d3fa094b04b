package dev.orderflow.eventing.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.retry.KeyQueues.Move;
import dev.orderflow.eventing.retry.SourceRecord;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;

/** Outcomes of events that no handler was called with. {@link TracedEventsIT} covers the others. */
class ConsumeSpansTests {

    private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

    private final RecordedSpans recorded = new RecordedSpans();
    private final ConsumeSpans consuming = consuming(recorded.spans);

    @Test
    void aDeadRecordThatCouldNotBeReadHasASpanWithItsCause() {
        consuming.moved(new Move.Died(record(SPAN + "01"), null, Exception.class, "header ce_id is missing"));

        var span = recorded.only();
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(RecordedSpans.tag(span, EventSpans.OUTCOME)).isEqualTo("dead");
        assertThat(RecordedSpans.tag(span, EventSpans.CAUSE)).isEqualTo("header ce_id is missing");
        assertThat(RecordedSpans.tag(span, EventSpans.GROUP)).isEqualTo("test");
    }

    @Test
    void anUnrecordedRecordHasNone() {
        consuming.moved(new Move.Held(record(SPAN + "00")));
        consuming.moved(new Move.Held(record("")));

        assertThat(recorded.all()).isEmpty();
    }

    @Test
    void tagsAreBounded() {
        consuming.moved(new Move.Died(record(SPAN + "01"), null, Exception.class, "x".repeat(100_000)));

        assertThat(RecordedSpans.tag(recorded.only(), EventSpans.CAUSE)).hasSizeLessThan(300);
    }

    /** The event is committed. A failure here would make its consumer consume it again. */
    @Test
    void aBrokenTracerDoesNotReachTheConsumer() {
        var broken = mock(Propagator.class);
        when(broken.extract(ArgumentMatchers.any(), ArgumentMatchers.any()))
                .thenThrow(new IllegalStateException("broken"));
        var withBroken = consuming(new EventSpans(mock(Tracer.class), broken, true));

        assertThatCode(() -> withBroken.applied(ConsumedRecord.first(record(SPAN + "01"))))
                .doesNotThrowAnyException();
    }

    private static ConsumeSpans consuming(EventSpans spans) {
        return new ConsumeSpans(spans, "test", new OpenSpans(System::nanoTime));
    }

    private static SourceRecord record(String traceparent) {
        var headers = new RecordHeaders();
        headers.add("traceparent", traceparent.getBytes(UTF_8));
        return new SourceRecord(UUID.randomUUID(), "topic", 0, 0, "key", "type", headers, null);
    }
}
