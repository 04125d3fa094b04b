package dev.orderflow.edge.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.problem.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TenantLimitsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TenantLimits limits = TenantLimits.of(
            new TenantProperties(
                    new TenantProperties.Others(3, 2, 6),
                    List.of(
                            new TenantProperties.Named("acme", true, 5, 4, 8),
                            new TenantProperties.Named("gone", false, null, null, null))),
            meters,
            () -> 0);

    @Test
    void aNamedTenantHasItsOwnRateAndOthersTheirs() {
        IntStream.range(0, 5).forEach(request -> limits.admit("acme", true));
        IntStream.range(0, 3).forEach(request -> limits.admit("shop", true));

        assertRefused(() -> limits.admit("acme", false), "overloaded");
        assertRefused(() -> limits.admit("shop", false), "overloaded");
        limits.admit("another", false);
        assertThat(refused("acme", "requests")).isEqualTo(1);
        assertThat(refused("other", "requests")).isEqualTo(1);
    }

    @Test
    void aTenantThatIsSwitchedOffReadsAndChangesNothing() {
        limits.admit("gone", false);

        assertRefused(() -> limits.admit("gone", true), "tenant_switched_off");
        assertThat(refused("gone", "switch")).isEqualTo(1);
    }

    @Test
    void aSwitchHoldsUntilTheNextOne() {
        limits.asSwitch().switchOff(Set.of("shop"));
        assertRefused(() -> limits.admit("shop", true), "tenant_switched_off");
        limits.admit("acme", true);

        limits.asSwitch().switchOff(Set.of());
        assertThat(limits.asSwitch().isOn()).isTrue();
        limits.admit("shop", true);
        assertRefused(() -> limits.admit("gone", true), "tenant_switched_off");
    }

    @Test
    void noMoreRequestsOfATenantWaitThanItsShare() {
        limits.requireRoom("acme", 4);
        limits.requireRoom("shop", 2);

        assertRefused(() -> limits.requireRoom("acme", 5), "overloaded");
        assertRefused(() -> limits.requireRoom("shop", 3), "overloaded");
        assertThat(refused("other", "waiting")).isEqualTo(1);
    }

    @Test
    void noMoreWorkOfATenantIsInFlightThanItsShare() {
        limits.requireInFlight("acme", 8);
        limits.requireInFlight("shop", 6);

        assertRefused(() -> limits.requireInFlight("acme", 9), "overloaded");
        assertRefused(() -> limits.requireInFlight("shop", 7), "overloaded");
        assertThat(refused("acme", "in-flight")).isEqualTo(1);
    }

    @Test
    void theNumberOfMetersDoesNotGrowWithTenants() {
        for (var tenant = 0; tenant < 1_000; tenant++) {
            var name = "tenant-" + tenant;
            assertRefused(() -> limits.requireRoom(name, 3), "overloaded");
        }

        assertThat(meters.getMeters()).hasSize(1);
        assertThat(refused("other", "waiting")).isEqualTo(1_000);
    }

    @Test
    void withoutLimitsNothingIsRefused() {
        var none = TenantLimits.none();
        none.asSwitch().switchOff(Set.of("demo"));
        assertThat(none.asSwitch().isOn()).isFalse();

        IntStream.range(0, 10_000).forEach(request -> none.admit("demo", true));
        none.requireRoom("demo", Integer.MAX_VALUE);
        none.requireInFlight("demo", Integer.MAX_VALUE);
    }

    private double refused(String tenant, String limit) {
        return meters.get("edge.tenants.refused")
                .tags("tenant", tenant, "limit", limit)
                .counter()
                .count();
    }

    private static void assertRefused(ThrowingCallable request, String code) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(request)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
