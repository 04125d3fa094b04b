package dev.orderflow.loyalty.points;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** A request to redeem points. */
record RedeemRequest(@NotNull @Min(1) @Max(MOST) Long points) {

    /** Most points of a request, which JSON numbers express exactly. */
    static final long MOST = 1_000_000_000_000_000L;
}
