package dev.orderflow.eventing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowScopeTests {

    private final RecordedSpans recorded = new RecordedSpans();

    @Test
    void tenantIntentAndCorrelationIdAreBaggage() {
        assertThat(baggage("north", "reorder"))
                .containsEntry(FlowScope.TENANT, "north")
                .containsEntry(FlowScope.INTENT, "reorder")
                .containsEntry(FlowScope.CORRELATION, "4711");
    }

    /** A call with such a header would fail, and with it the event. */
    @ParameterizedTest
    @ValueSource(strings = {"north\r\nX-Admin: true", "n\u00f6rd", "a b", "\u0000", "\u202e"})
    void aTenantThatNoHeaderCanCarryIsLeftOut(String tenant) {
        assertThat(baggage(tenant, "reorder"))
                .doesNotContainKey(FlowScope.TENANT)
                .containsEntry(FlowScope.INTENT, "reorder");
    }

    @Test
    void longValuesAndThoseWithoutAValueAreLeftOut() {
        assertThat(baggage("x".repeat(201), null)).containsOnlyKeys(FlowScope.CORRELATION);
    }

    private Map<String, String> baggage(String tenant, @Nullable String intent) {
        var span = recorded.tracer.nextSpan().start();
        var scope = recorded.tracer.withSpan(span);
        var flow = FlowScope.open(
                recorded.tracer,
                new EventContext("4711", null, intent, tenant, EventPriority.NORMAL, null, null, null));
        try {
            return Map.copyOf(recorded.tracer.getAllBaggage());
        } finally {
            flow.close();
            scope.close();
        }
    }
}
