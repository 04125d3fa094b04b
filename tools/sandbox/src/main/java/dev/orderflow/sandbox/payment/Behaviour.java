package dev.orderflow.sandbox.payment;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Settings of the provider's health. A field left out of a request is 0, so that {@code {}} restores normal behaviour.
 *
 * @param latencyMillis added to each response time, 0 to 60 000
 * @param failureRate the share of calls that fail, 0 to 1
 * @param failNext the number of next calls that fail for certain, 0 to 1 000 000
 */
record Behaviour(
        @Min(0) @Max(60_000) int latencyMillis,
        @DecimalMin("0") @DecimalMax("1") double failureRate,
        @Min(0) @Max(1_000_000) int failNext) {

    static final Behaviour WELL = new Behaviour(0, 0, 0);

    Behaviour afterOneFailure() {
        return new Behaviour(latencyMillis, failureRate, Math.max(0, failNext - 1));
    }
}
