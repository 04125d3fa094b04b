package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.EventContext;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Tracer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time during which a thread works on behalf of a flow and in its trace. Published events inherit the flow's context. The current
 * span gets tenant, intent and correlation id as baggage, which traced calls carry in the header {@code baggage} of W3C, whomever
 * they call: the client of a third party must remove it. Values that no header can carry are left out.
 */
final class FlowScope implements EventContext.Scope {

    static final String TENANT = "tenantid";
    static final String INTENT = "intent";
    static final String CORRELATION = "correlationid";

    /** Longest value of baggage, in characters. All calls on behalf of the flow repeat it. */
    private static final int LONGEST = 200;

    private final EventContext.Scope events;
    private final List<BaggageInScope> baggage = new ArrayList<>(3);

    private FlowScope(EventContext.Scope events) {
        this.events = events;
    }

    /** Must be closed before the scope of the current span, on the same thread. */
    static FlowScope open(Tracer tracer, EventContext context) {
        var scope = new FlowScope(context.open());
        scope.add(tracer, TENANT, context.tenantId());
        scope.add(tracer, INTENT, context.intent());
        scope.add(tracer, CORRELATION, context.correlationId());
        return scope;
    }

    @Override
    public void close() {
        baggage.reversed().forEach(BaggageInScope::close);
        events.close();
    }

    private void add(Tracer tracer, String name, @Nullable String value) {
        if (value != null && value.length() <= LONGEST && isHeader(value)) {
            baggage.add(tracer.createBaggageInScope(name, value));
        }
    }

    /** An event of another publisher may contain any text, with which the call would fail. */
    private static boolean isHeader(String value) {
        return value.chars().allMatch(character -> character > ' ' && character <= '~');
    }
}
