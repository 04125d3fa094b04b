package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import io.opentelemetry.api.trace.SpanKind;
import org.junit.jupiter.api.Test;

class RequestSpansTests {

    private static final String CLIENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final RecordedSpans recorded = new RecordedSpans();
    private final EventContext context =
            new EventContext(null, "request 1", "reorder", null, EventPriority.NORMAL, null, CLIENT, null);

    @Test
    void theSpanOfARequestIsAChildOfItsClientsAndTheCauseOfItsEvents() {
        var inside = within(recorded.spans);

        var span = recorded.only();
        assertThat(span.getName()).isEqualTo("grpc place");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(inside.traceparent()).isEqualTo(RecordedSpans.traceparent(span));
        assertThat(inside.intent()).isEqualTo("reorder");
        assertThat(recorded.tracer.currentSpan()).isNull();
    }

    @Test
    void anApplicationThatNeverRecordsKeepsTheClientsContext() {
        var off = new EventSpans(recorded.tracer, recorded.propagator, false);

        assertThat(within(off)).isEqualTo(context);
        assertThat(recorded.all()).isEmpty();
    }

    private EventContext within(EventSpans spans) {
        var flow = context.open();
        var span = new RequestSpans(spans).open("grpc place");
        try {
            return EventContext.current();
        } finally {
            span.close();
            flow.close();
        }
    }
}
