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
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The context of one request, whatever protocol carries it. */
public final class RequestContext {

    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";

    /** Well-formed headers; always a request id. */
    private final Map<ContextHeader, String> values;

    private final TraceContext trace;
    private final List<Violation> violations;
    private final @Nullable Duration timeout;
    private final @Nullable Duration longestWait;

    private RequestContext(
            Map<ContextHeader, String> values,
            TraceContext trace,
            List<Violation> violations,
            @Nullable Duration timeout,
            @Nullable Duration longestWait) {
        this.values = values;
        this.trace = trace;
        this.violations = violations;
        this.timeout = timeout;
        this.longestWait = longestWait;
    }

    static RequestContext of(HttpServletRequest request, Supplier<String> newId) {
        return of(name -> Collections.list(request.getHeaders(name)), newId);
    }

    /**
     * Reads the context from headers.
     *
     * @param headers returns the values of a header, whose name is in the spelling of HTTP; empty if it is absent
     * @param newId   generates the id of a request that has none, or a malformed one
     */
    public static RequestContext of(Function<String, List<String>> headers, Supplier<String> newId) {
        var values = new EnumMap<ContextHeader, String>(ContextHeader.class);
        var violations = new ArrayList<Violation>();
        for (var header : ContextHeader.values()) {
            var given = headers.apply(header.header());
            if (given.isEmpty()) {
                continue;
            }
            if (given.size() == 1 && header.accepts(given.getFirst())) {
                values.put(header, given.getFirst());
            } else {
                violations.add(header.violation());
            }
        }
        if (!values.containsKey(REQUEST_ID)) {
            values.put(REQUEST_ID, newId.get());
        }
        var trace = TraceContext.of(headers.apply(TRACEPARENT), headers.apply(TRACESTATE));
        var millis = values.get(TIMEOUT);
        var timeout = millis == null ? null : Duration.ofMillis(Long.parseLong(millis));
        return new RequestContext(values, trace, violations, timeout, timeout);
    }

    /**
     * Returns this context with waits that end {@code time} after the request's arrival, when the protocol ends it. The
     * result may still be of use then, so that events keep their deadline.
     */
    public RequestContext waitingAtMost(Duration time) {
        return longestWait != null && longestWait.compareTo(time) <= 0
                ? this
                : new RequestContext(values, trace, violations, timeout, time);
    }

    /**
     * Gives this context to the thread: its events, log lines and waits have it until the scope is closed.
     *
     * @param now time of the request's arrival, from which its time counts
     */
    public EventContext.Scope open(Instant now) {
        return open(now, System.nanoTime());
    }

    /**
     * Gives this context to a thread that carries out a later step of the request.
     *
     * @param arrived time of the request's arrival
     * @param nanos   the same time by {@link System#nanoTime}
     */
    public EventContext.Scope open(Instant arrived, long nanos) {
        var fields = logFields();
        var events = events(arrived).open();
        var time = RequestTime.open(longestWait, nanos);
        fields.forEach(MDC::put);
        return () -> {
            fields.keySet().forEach(MDC::remove);
            time.close();
            events.close();
        };
    }

    /** Returns the malformed headers; empty for a request that may be carried out. */
    public List<Violation> violations() {
        return violations;
    }

    TraceContext trace() {
        return trace;
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
        return timeout;
    }

    /** Returns the headers of the answer, whatever the answer is. */
    public Map<String, String> answerHeaders() {
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
        return timeout == null ? null : now.plus(timeout);
    }
}
