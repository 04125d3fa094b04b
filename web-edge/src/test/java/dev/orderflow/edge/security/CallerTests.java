package dev.orderflow.edge.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class CallerTests {

    private final Caller caller = new Caller("shop", "c-1", Set.of(), null);

    @Test
    void logsAndEventsOfAThreadHaveTheTenantOfItsCaller() {
        try (var _ = caller.open()) {
            assertThat(MDC.get("tenantId")).isEqualTo("shop");
            assertThat(EventContext.current().tenantId()).isEqualTo("shop");
            try (var _ = new Caller("other", "c-2", Set.of(), null).open()) {
                assertThat(MDC.get("tenantId")).isEqualTo("other");
            }
            assertThat(MDC.get("tenantId")).isEqualTo("shop");
        }

        assertThat(MDC.get("tenantId")).isNull();
        assertThat(Caller.current()).isNull();
    }

    @Test
    void withoutSecurityThereIsNoTenant() {
        try (var _ = Caller.ANYBODY.open()) {
            assertThat(MDC.get("tenantId")).isNull();
            assertThat(EventContext.current().tenantId()).isNull();
        }
    }
}
