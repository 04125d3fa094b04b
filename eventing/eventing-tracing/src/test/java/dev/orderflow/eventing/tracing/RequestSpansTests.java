package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import org.junit.jupiter.api.Test;

class RequestSpansTests {

    private static final String CLIENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final RecordedSpans recorded = new RecordedSpans();
    private final EventContext context =
            new EventContext(null, "request 1", "reorder", null, EventPriority.NORMAL, null, CLIENT, null);

    @Test
    void theCurrentSpanIsTheCauseOfTheEventsOfItsRequest() {
        var span = recorded.tracer.nextSpan().start();
        var scope = recorded.tracer.withSpan(span);
        try {
            assertThat(within(recorded.spans)).isEqualTo(Traceparent.within(context, span.context()));
        } finally {
            scope.close();
        }
    }

    @Test
    void aRequestWithoutASpanKeepsItsContext() {
        assertThat(within(recorded.spans)).isEqualTo(context);
    }

    @Test
    void anApplicationThatNeverRecordsKeepsTheClientsContext() {
        var span = recorded.tracer.nextSpan().start();
        var scope = recorded.tracer.withSpan(span);
        try {
            assertThat(within(new EventSpans(recorded.tracer, recorded.propagator, false)))
                    .isEqualTo(context);
        } finally {
            scope.close();
        }
    }

    private EventContext within(EventSpans spans) {
        var flow = context.open();
        var span = new RequestSpans(spans).open();
        try {
            return EventContext.current();
        } finally {
            span.close();
            flow.close();
        }
    }
}
