package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import jakarta.servlet.FilterChain;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestTraceFilterTests {

    private final RecordedSpans recorded = new RecordedSpans();
    private final RequestTraceFilter filter = new RequestTraceFilter(recorded.spans);
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final AtomicReference<EventContext> seen = new AtomicReference<>();
    private final AtomicReference<String> baggage = new AtomicReference<>();
    private final FilterChain chain = (request, answer) -> {
        seen.set(EventContext.current());
        baggage.set(recorded.tracer.getAllBaggage().get(FlowScope.INTENT));
    };

    @Test
    void theRequestsSpanIsTheCauseOfItsEvents() throws Exception {
        var span = recorded.tracer.nextSpan().start();
        var edge = new EventContext(
                null, "request 1", "reorder", null, EventPriority.HIGH, null, "00-another", "vendor=value");
        var scope = recorded.tracer.withSpan(span);
        var events = edge.open();
        try {
            filter.doFilter(new MockHttpServletRequest(), response, chain);
        } finally {
            events.close();
            scope.close();
        }

        var expected = Traceparent.within(edge, span.context());
        assertThat(seen.get()).isEqualTo(expected).isNotEqualTo(edge);
        assertThat(response.getHeader("traceparent")).isEqualTo(expected.traceparent());
        assertThat(baggage).hasValue("reorder");
        assertThat(EventContext.current()).isEqualTo(EventContext.none());
    }

    @Test
    void aRequestWithoutASpanKeepsItsContext() throws Exception {
        filter.doFilter(new MockHttpServletRequest(), response, chain);

        assertThat(seen).hasValue(EventContext.none());
        assertThat(response.getHeader("traceparent")).isNull();
    }
}
