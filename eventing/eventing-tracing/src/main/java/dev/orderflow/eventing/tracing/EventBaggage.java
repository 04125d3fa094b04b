package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.EventContext;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Tracer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tenant, intent and correlation id of a flow as baggage of the current span. Calls to other services carry it if
 * {@code management.tracing.baggage.remote-fields} names these fields. Events have attributes of the same names instead.
 */
final class EventBaggage {

    static final String TENANT = "tenantid";
    static final String INTENT = "intent";
    static final String CORRELATION = "correlationid";

    /** Longest value, in characters. All calls on behalf of the flow repeat it. */
    private static final int LONGEST = 200;

    private final List<BaggageInScope> scopes = new ArrayList<>(3);

    private EventBaggage() {}

    /** Must be closed before the scope of the current span, on the same thread. */
    static EventContext.Scope open(Tracer tracer, EventContext context) {
        var baggage = new EventBaggage();
        baggage.add(tracer, TENANT, context.tenantId());
        baggage.add(tracer, INTENT, context.intent());
        baggage.add(tracer, CORRELATION, context.correlationId());
        return baggage::close;
    }

    private void add(Tracer tracer, String name, @Nullable String value) {
        if (value != null && value.length() <= LONGEST) {
            scopes.add(tracer.createBaggageInScope(name, value));
        }
    }

    private void close() {
        scopes.reversed().forEach(BaggageInScope::close);
    }
}
