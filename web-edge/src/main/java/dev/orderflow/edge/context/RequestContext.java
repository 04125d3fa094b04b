package dev.orderflow.edge.context;

import static dev.orderflow.edge.context.ContextHeader.CAUSATION_ID;
import static dev.orderflow.edge.context.ContextHeader.EVENT_ID;
import static dev.orderflow.edge.context.ContextHeader.INTENT;
import static dev.orderflow.edge.context.ContextHeader.REQUEST_ID;
import static dev.orderflow.edge.context.ContextHeader.TIMEOUT;

import dev.orderflow.edge.problem.Violation;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of one request.
 *
 * @param values     well-formed headers; always a request id
 * @param trace      trace that the request continues or begins
 * @param violations malformed headers; empty for a request that may be carried out
 */
record RequestContext(Map<ContextHeader, String> values, TraceContext trace, List<Violation> violations) {

    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";

    /** @param newId generates the id of a request that has none, or a malformed one */
    static RequestContext of(HttpServletRequest request, Supplier<String> newId) {
        var values = new EnumMap<ContextHeader, String>(ContextHeader.class);
        var violations = new ArrayList<Violation>();
        for (var header : ContextHeader.values()) {
            var given = request.getHeaders(header.header());
            if (!given.hasMoreElements()) {
                continue;
            }
            var value = given.nextElement();
            if (!given.hasMoreElements() && header.accepts(value)) {
                values.put(header, value);
            } else {
                violations.add(header.violation());
            }
        }
        if (!values.containsKey(REQUEST_ID)) {
            values.put(REQUEST_ID, newId.get());
        }
        var trace = TraceContext.of(
                Collections.list(request.getHeaders(TRACEPARENT)), Collections.list(request.getHeaders(TRACESTATE)));
        return new RequestContext(values, trace, violations);
    }

    /**
     * Returns the context of the events that the request causes. None of the headers becomes the id of an event:
     * consumers skip an id that they have seen, so that a caller who could choose it could suppress events.
     */
    EventContext events(Instant now) {
        return new EventContext(
                null,
                cause(),
                values.get(INTENT),
                null,
                EventPriority.NORMAL,
                deadline(now),
                trace.traceparent(),
                trace.tracestate());
    }

    /** Returns the time that the client gives the request; null if it does not say. */
    @Nullable
    Duration timeout() {
        var millis = values.get(TIMEOUT);
        return millis == null ? null : Duration.ofMillis(Long.parseLong(millis));
    }

    /** Returns the headers of the answer, whatever the answer is. */
    Map<String, String> answerHeaders() {
        var headers = new LinkedHashMap<String, String>();
        values.forEach((header, value) -> headers.put(header.header(), value));
        headers.put(TRACEPARENT, trace.traceparent());
        if (trace.tracestate() != null) {
            headers.put(TRACESTATE, trace.tracestate());
        }
        return headers;
    }

    /** Returns the fields of the log context while the request is carried out. */
    Map<String, String> logFields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("requestId", requestId());
        fields.put("traceId", trace.traceId());
        if (!cause().equals(requestId())) {
            fields.put("causationId", cause());
        }
        var intent = values.get(INTENT);
        if (intent != null) {
            fields.put("intent", intent);
        }
        return fields;
    }

    private String requestId() {
        return values.getOrDefault(REQUEST_ID, "");
    }

    private String cause() {
        return values.getOrDefault(EVENT_ID, values.getOrDefault(CAUSATION_ID, requestId()));
    }

    private @Nullable Instant deadline(Instant now) {
        var timeout = timeout();
        return timeout == null ? null : now.plus(timeout);
    }
}
