package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.EventContext;
import io.micrometer.tracing.Tracer;
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

    private final Tracer tracer;

    RequestTraceFilter(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var span = tracer.currentSpan();
        if (span == null) {
            chain.doFilter(request, response);
            return;
        }
        var context = Traceparent.within(EventContext.current(), span.context());
        if (context.traceparent() != null) {
            response.setHeader(Traceparent.NAME, context.traceparent());
        }
        try (var events = context.open();
                var baggage = EventBaggage.open(tracer, context)) {
            chain.doFilter(request, response);
        }
    }
}
