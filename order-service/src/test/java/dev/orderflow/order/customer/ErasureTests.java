package dev.orderflow.order.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.order.customer.CustomerRows.Locked;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

class ErasureTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final EventContext REQUEST = new EventContext(
            "flow", "cause", "erase", "demo", EventPriority.HIGH, NOW.plusSeconds(1), "parent", "state");

    private final Customers customers = mock();
    private final CustomerRows rows = mock();
    private final List<EventContext> contexts = new ArrayList<>();
    private final Erasure erasure = new Erasure(
            customers,
            rows,
            event -> contexts.add(EventContext.current()),
            TransactionOperations.withoutTransaction(),
            Clock.fixed(NOW, ZoneOffset.UTC),
            new SimpleMeterRegistry());

    @Test
    void anErasureMustBeKnownHoweverLateItIs() {
        when(customers.find("demo", "ann")).thenReturn(Optional.of(new Customer("ann", "~1", null, null)));
        when(rows.lock("demo", "ann")).thenReturn(Optional.of(new Locked("demo", "ann", "~1")));
        when(rows.delete(new Locked("demo", "ann", "~1"))).thenReturn(true);

        try (var _ = REQUEST.open()) {
            erasure.erase("demo", "ann");
        }

        assertThat(contexts).containsExactly(REQUEST.withoutDeadline());
    }
}
