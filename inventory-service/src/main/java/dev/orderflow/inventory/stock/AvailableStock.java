package dev.orderflow.inventory.stock;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** The body with which a client sets the available units of a product. */
record AvailableStock(@NotNull @Min(0) @Max(MAX) @Nullable Long available) {

    /** Upper bound: a million times the stock of the largest warehouse, and far below an overflow of summed counts. */
    static final long MAX = 1_000_000_000_000L;
}
