package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.outbox.PublicationContext.Publication;
import io.micrometer.tracing.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PublishSpansTests {

    private static final Publication EVENT = new Publication(UUID.randomUUID(), "sample.opened.v1", "topic", "key");

    private final RecordedSpans recorded = new RecordedSpans();
    private final PublishSpans publishing = new PublishSpans(recorded.spans);

    @Test
    void anEventCarriesTheSpanOfItsPublicationWhichIsAChildOfItsCause() {
        var request = start();
        var published = publishing.of(EVENT, within(request));

        var span = recorded.only();
        assertThat(span.getName()).isEqualTo("publish sample.opened.v1");
        assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(span.getParentSpanId()).isEqualTo(request.context().spanId());
        assertThat(published.traceparent()).isEqualTo(RecordedSpans.traceparent(span));
        assertThat(RecordedSpans.tag(span, EventSpans.ID)).isEqualTo(EVENT.id().toString());
        assertThat(RecordedSpans.tag(span, EventSpans.KEY)).isEqualTo("key");
        assertThat(span.getLinks()).isEmpty();
    }

    @Test
    void theSpanOfARequestWhoseThreadPublishesForAnotherIsLinked() {
        var own = start();
        var leading = start();
        var scope = recorded.tracer.withSpan(leading);
        try {
            publishing.of(EVENT, within(own));
        } finally {
            scope.close();
        }

        var span = recorded.only();
        assertThat(span.getParentSpanId()).isEqualTo(own.context().spanId());
        assertThat(span.getTraceId()).isEqualTo(own.context().traceId());
        assertThat(span.getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId())
                        .isEqualTo(leading.context().spanId()));
    }

    @Test
    void anEventWithoutACauseBeginsATrace() {
        var published = publishing.of(EVENT, EventContext.none());

        var span = recorded.only();
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(published.traceparent()).isEqualTo(RecordedSpans.traceparent(span));
    }

    @Test
    void thatItsTraceIsNotRecordedIsDecidedOnce() {
        var unrecorded = new RecordedSpans(0);
        var published = new PublishSpans(unrecorded.spans).of(EVENT, EventContext.none());

        assertThat(unrecorded.all()).isEmpty();
        assertThat(published.traceparent()).endsWith("-00");
        assertThat(publishing.of(EVENT, published)).isSameAs(published);
        assertThat(recorded.all()).isEmpty();
    }

    @Test
    void anApplicationThatNeverRecordsHandsTheContextOn() {
        var context = within(start());
        var off = new PublishSpans(new EventSpans(recorded.tracer, recorded.propagator, false));

        assertThat(off.of(EVENT, context)).isSameAs(context);
        assertThat(off.of(EVENT, EventContext.none())).isSameAs(EventContext.none());
        assertThat(recorded.all()).isEmpty();
    }

    @Test
    void theTraceStateIsHandedOn() {
        var context = within(start());
        var stated = new EventContext(
                null, null, null, null, context.priority(), null, context.traceparent(), "vendor=value");

        assertThat(publishing.of(EVENT, stated).tracestate()).isEqualTo("vendor=value");
        assertThat(recorded.only().getSpanContext().getTraceState().get("vendor")).isEqualTo("value");
    }

    private Span start() {
        return recorded.tracer.spanBuilder().setNoParent().name("request").start();
    }

    private static EventContext within(Span span) {
        return Traceparent.within(EventContext.none(), span.context());
    }
}
