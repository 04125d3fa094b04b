package dev.orderflow.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTenantTests {

    @ParameterizedTest
    @CsvSource({"demo, demo", "other, other", ", demo", "Demo, Demo"})
    void anEventOfTheAggregatesTenantIsAccepted(@Nullable String events, String aggregates) {
        in(events, () -> EventTenant.require(aggregates));
    }

    @ParameterizedTest
    @CsvSource({"other, demo", "demo, other", ", other", "Demo, demo"})
    void anEventOfAnotherTenantIsRefused(@Nullable String events, String aggregates) {
        assertThatExceptionOfType(OtherTenantException.class)
                .isThrownBy(() -> in(events, () -> EventTenant.require(aggregates)))
                .withMessageContaining("another tenant has");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "-demo",
                "demo\n",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void aTenantThatCannotExistIsRefused(String tenant) {
        assertThatExceptionOfType(OtherTenantException.class)
                .isThrownBy(() -> in(tenant, EventTenant::current))
                .withMessage("the event's tenant is no tenant's id");
    }

    @Test
    void anEventWithoutATenantIsOneOfTheDefaultTenant() {
        assertThat(EventTenant.current()).isEqualTo("demo");
    }

    private static void in(@Nullable String tenant, Runnable work) {
        try (var _ = new EventContext(null, null, null, tenant, EventPriority.NORMAL, null, null, null).open()) {
            work.run();
        }
    }
}
