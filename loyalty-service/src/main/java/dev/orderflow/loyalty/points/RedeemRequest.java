package dev.orderflow.loyalty.points;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** A request to redeem points. */
record RedeemRequest(
        @NotNull @Min(1) @Max(PointsProperties.MOST) Long points) {}
