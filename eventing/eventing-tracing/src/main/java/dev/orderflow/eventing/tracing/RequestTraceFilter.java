package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.EventContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes the span of an HTTP request the cause of the events that the request publishes. What continues a request on another thread
 * reopens its {@link EventContext}, and so stays in the request's trace. The answer's {@code traceparent} is the span's.
 */
final class RequestTraceFilter extends OncePerRequestFilter {

    private final EventSpans spans;

    RequestTraceFilter(EventSpans spans) {
        this.spans = spans;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var span = spans.isRecording() ? spans.tracer().currentSpan() : null;
        if (span == null) {
            chain.doFilter(request, response);
            return;
        }
        var context = Traceparent.within(EventContext.current(), span.context());
        if (context.traceparent() != null) {
            response.setHeader(Traceparent.NAME, context.traceparent());
        }
        var scope = FlowScope.open(spans.tracer(), context);
        try {
            chain.doFilter(request, response);
        } finally {
            scope.close();
        }
    }
}
