package dev.orderflow.edge.trace;

import dev.orderflow.eventing.EventContext;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Trace ids of spans without a parent. A request or event that is not recorded, or whose client sent no trace, has a
 * trace id nevertheless, in its {@link EventContext}: its spans, log lines, answer and events share that one.
 */
final class ContextTraceIds implements IdGenerator {

    /** {@code 00-<trace id>-<span id>-<flags>}. */
    private static final int LENGTH = 55;

    private static final int BEGIN = 3;

    private final IdGenerator random = IdGenerator.random();

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        var traceparent = EventContext.current().traceparent();
        if (traceparent != null && traceparent.length() == LENGTH) {
            var id = traceparent.substring(BEGIN, BEGIN + TraceId.getLength());
            if (TraceId.isValid(id)) {
                return id;
            }
        }
        return random.generateTraceId();
    }
}
