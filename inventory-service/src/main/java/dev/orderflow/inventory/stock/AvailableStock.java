package dev.orderflow.inventory.stock;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** The body with which a client sets how many of a product can be ordered from now on. */
record AvailableStock(@NotNull @Min(0) @Max(MAX) @Nullable Long available) {

    /** A million times what the largest warehouse holds, and far from where a sum of counts overflows. */
    static final long MAX = 1_000_000_000_000L;
}
