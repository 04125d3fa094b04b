package dev.orderflow.sandbox.payment;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How well the provider works. What a request leaves out is 0, so that {@code {}} makes it well again.
 *
 * @param latencyMillis how much later than it could a call is answered, 0 to 60 000
 * @param failureRate   the share of calls that fail, 0 to 1
 * @param failNext      how many of the next calls fail for certain, 0 to 1 000 000
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
