package dev.orderflow.eventing.fault;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A request to inject a handler fault.
 *
 * @param key       the events' key, such as an order's id, or {@code *} for a {@code share} of all keys
 * @param share     the share of all keys, more than 0 and at most 1
 * @param handler   the only handler that fails, as in {@code StockEventHandlers.reserve}; null: any
 * @param times     how often the handling of each key fails, 1 to 1 000 000; null: until the fault is cleared
 * @param permanent whether to fail with an exception that is not retried; null: no
 */
record HandlerFaultRequest(
        @NotBlank @Size(max = 200) String key,

        @Nullable @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") @Digits(integer = 1, fraction = 9)
        BigDecimal share,

        @Nullable @Size(max = 200) String handler,
        @Nullable @Min(1) @Max(1_000_000) Integer times,
        @Nullable Boolean permanent) {

    private static final String ALL_KEYS = "*";

    boolean isForAllKeys() {
        return key.equals(ALL_KEYS);
    }

    boolean isPermanent() {
        return Boolean.TRUE.equals(permanent);
    }
}
