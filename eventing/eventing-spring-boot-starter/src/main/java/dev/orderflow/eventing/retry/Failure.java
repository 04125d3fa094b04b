package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.WhenExhausted;
import org.jspecify.annotations.Nullable;

/**
 * Why an event had no effect.
 *
 * @param handler null when the record could not be read so far as to know it
 * @param guard   of the call that failed; null if no guarded call did
 */
public record Failure(
        Throwable cause,
        @Nullable String handler,
        WhenExhausted whenExhausted,
        @Nullable String guard) {}
