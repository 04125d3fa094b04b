package dev.orderflow.payment.provider;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the provider refuses a request as wrong, or its answer makes no sense. Does not count towards opening the
 * circuit, because other requests may succeed.
 */
class ProviderRefusedException extends RuntimeException {

    ProviderRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
