package dev.orderflow.order.admission;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of the orders that are in flight (PLACED or RESERVED) at the same time.
 *
 * @param target         time from placing to PAID that the limit aims at
 * @param interval       time between two observations of the flow
 * @param least          orders that may always be in flight, and the limit after a start
 * @param normal         limit that is reached without refusals, while orders are paid in time
 * @param most           orders that the limit never exceeds
 * @param leastPerSecond orders per second that each instance places even above the limit
 * @param stalledAfter   time without any answer after which a step counts as unavailable instead of overloaded
 */
@Validated
@ConfigurationProperties("orders.admission")
record AdmissionProperties(
        @DefaultValue("2s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration target,

        @DefaultValue("500ms") @NotNull @DurationMin(millis = 50) @DurationMax(seconds = 5)
        Duration interval,

        @DefaultValue("50") @Min(1) int least,
        @DefaultValue("1000") @Min(1) int normal,
        @DefaultValue("10000") @Min(1) int most,
        @DefaultValue("4") @Min(1) int leastPerSecond,

        @DefaultValue("10s") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration stalledAfter) {

    @AssertTrue(message = "most must be at least as large as normal, and normal as least")
    boolean isConsistent() {
        return least <= normal && normal <= most;
    }
}
