package dev.orderflow.sandbox.payment;

import dev.orderflow.edge.CodePoints;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Request for a fault.
 *
 * @param times number of calls it hits, 1 to 1 000 000; null: all until it is cleared
 * @param card only charges of this card; null: of any, and refunds, which name no card
 * @param orderId only calls for this order; null: for all
 */
record FaultRequest(
        @NotNull FaultAction action,
        @Nullable @Min(1) @Max(1_000_000) Integer times,
        @Nullable PaymentMethod card,

        @Nullable @CodePoints(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*")
        String orderId) {}
