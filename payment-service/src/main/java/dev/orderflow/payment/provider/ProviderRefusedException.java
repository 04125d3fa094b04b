package dev.orderflow.payment.provider;

import org.jspecify.annotations.Nullable;

/**
 * The provider is there, but it and this service do not understand each other: it refused the request as wrong, or its
 * answer makes no sense. Does not count towards opening the circuit, because other requests may well be fine.
 */
class ProviderRefusedException extends RuntimeException {

    ProviderRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
