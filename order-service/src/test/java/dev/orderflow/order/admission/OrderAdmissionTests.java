package dev.orderflow.order.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.tenant.TenantLimits;
import dev.orderflow.order.LimitedTenants;
import dev.orderflow.order.admission.OrdersInFlight.Step;
import dev.orderflow.order.admission.OrdersInFlight.Steps;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.lifecycle.OrderStatusChanged;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class OrderAdmissionTests {

    private static final int LEAST = 100;
    private static final int PER_LOOK = 10;
    private static final long STALLED = Duration.ofSeconds(10).toNanos();
    private static final Step CROWD = new Step(5_000, 5_000, Map.of("demo", 5_000));

    private final OrdersInFlight database = new OrdersInFlight(null, null) {
        @Override
        Steps count(Duration target) {
            throw new DataAccessResourceFailureException("away");
        }
    };

    private OrderAdmission admission = admission(TenantLimits.none());

    private long now = System.nanoTime();

    @Test
    void ordersAreAdmittedUpToTheLimit() {
        observe(new Step(30, 0, Map.of()), new Step(20, 0, Map.of()));

        assertThat(admitted()).isEqualTo(LEAST - 50);
    }

    @Test
    void aFewAreAdmittedEvenAboveTheLimit() {
        observe(CROWD, CROWD);

        assertThat(admitted()).isEqualTo(PER_LOOK);
    }

    /** No count renews the granted number between the end of the counts and that of the web server. */
    @Test
    void nothingIsRefusedWhileTheServiceStops() {
        observe(CROWD, CROWD);
        admitted();
        assertThat(admission.refuses()).isTrue();

        admission.close();

        assertThat(admission.refuses()).isFalse();
        assertThatNoException().isThrownBy(() -> admission.admit("demo"));
    }

    @Test
    void aRefusalSuggestsWhenToRetry() {
        observe(CROWD, CROWD);
        admitted();

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> admission.admit("demo"))
                .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void ordersThatWaitForAnUnavailableServiceDoNotCount() {
        observe(Step.NONE, CROWD);
        now += STALLED + 1;
        observe(Step.NONE, CROWD);

        assertThat(admitted()).isEqualTo(LEAST);
    }

    @Test
    void aStepCountsAgainAsSoonAsItMakesProgress() {
        observe(Step.NONE, CROWD);
        now += STALLED + 1;
        admission.statusChanged(new OrderStatusChanged(UUID.randomUUID(), OrderStatus.PAID));
        now = System.nanoTime();
        observe(Step.NONE, CROWD);

        assertThat(admitted()).isEqualTo(PER_LOOK);
    }

    @Test
    void aStallOfOneStepDoesNotHideTheLoadOfTheOther() {
        observe(CROWD, CROWD);
        now += STALLED / 2;
        observe(Step.NONE, CROWD);
        now += STALLED / 2 + 1;
        observe(CROWD, CROWD);

        assertThat(admitted()).isEqualTo(PER_LOOK);
    }

    /** A count takes as long as the wait for a connection, and its result is unknown meanwhile. */
    @Test
    void nothingIsRefusedWithoutARecentLook() {
        now -= Duration.ofSeconds(11).toNanos();
        observe(CROWD, CROWD);

        admission.run();

        assertThatNoException().isThrownBy(() -> {
            for (var i = 0; i < 1_000; i++) {
                admission.admit("demo");
            }
        });
    }

    @Test
    void aFailedLookChangesNothing() {
        observe(CROWD, CROWD);

        admission.run();

        assertThat(admitted()).isEqualTo(PER_LOOK);
    }

    @Test
    void aTenantOverItsLimitIsRefusedAndOthersAreNot() {
        admission = admission(LimitedTenants.with("edge.tenants.others.in-flight=3"));
        observe(new Step(1, 0, Map.of("demo", 1)), new Step(1, 0, Map.of("demo", 1)));

        assertThat(admitted()).isEqualTo(1);
        assertThatNoException().isThrownBy(() -> admission.admit("other"));
    }

    @Test
    void aTenantsOrdersThatWaitForAnUnavailableServiceDoNotCount() {
        admission = admission(LimitedTenants.with("edge.tenants.others.in-flight=3"));
        now = System.nanoTime();
        observe(Step.NONE, CROWD);
        assertThat(admitted()).isZero();
        now += STALLED + 1;
        observe(Step.NONE, CROWD);

        assertThat(admitted()).isEqualTo(3);
    }

    private OrderAdmission admission(TenantLimits limits) {
        return new OrderAdmission(
                database,
                new AdmissionProperties(
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        LEAST,
                        LEAST,
                        1_000,
                        20,
                        Duration.ofNanos(STALLED)),
                limits,
                new SimpleMeterRegistry());
    }

    private void observe(Step placed, Step reserved) {
        admission.observe(new Steps(placed, reserved), now);
    }

    private int admitted() {
        for (var count = 0; ; count++) {
            try {
                admission.admit("demo");
            } catch (Refusal e) {
                return count;
            }
        }
    }
}
