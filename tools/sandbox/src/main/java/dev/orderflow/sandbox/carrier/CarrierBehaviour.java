package dev.orderflow.sandbox.carrier;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the carrier. {@code {}} restores normal behaviour. Times and losses apply to shipments accepted later.
 *
 * @param handlingMillis time from releasing a parcel until it leaves, up to a day; 2 000 if left out
 * @param transitMillis time from leaving until delivery, up to a day; 3 000 if left out
 * @param latencyMillis added to each response time, 0 to 60 000
 * @param failureRate the share of calls that fail, 0 to 1
 * @param failNext the number of next calls that fail for certain, 0 to 1 000 000
 * @param lossRate the share of parcels that are lost, 0 to 1
 */
record CarrierBehaviour(
        @NotNull @Min(0) @Max(86_400_000) Integer handlingMillis,
        @NotNull @Min(0) @Max(86_400_000) Integer transitMillis,
        @Min(0) @Max(60_000) int latencyMillis,
        @DecimalMin("0") @DecimalMax("1") double failureRate,
        @Min(0) @Max(1_000_000) int failNext,
        @DecimalMin("0") @DecimalMax("1") double lossRate) {

    static final CarrierBehaviour NORMAL = new CarrierBehaviour(null, null, 0, 0, 0, 0);

    CarrierBehaviour(
            @Nullable Integer handlingMillis,
            @Nullable Integer transitMillis,
            int latencyMillis,
            double failureRate,
            int failNext,
            double lossRate) {
        this.handlingMillis = handlingMillis == null ? 2_000 : handlingMillis;
        this.transitMillis = transitMillis == null ? 3_000 : transitMillis;
        this.latencyMillis = latencyMillis;
        this.failureRate = failureRate;
        this.failNext = failNext;
        this.lossRate = lossRate;
    }

    CarrierBehaviour afterOneFailure() {
        return new CarrierBehaviour(
                handlingMillis, transitMillis, latencyMillis, failureRate, Math.max(0, failNext - 1), lossRate);
    }
}
