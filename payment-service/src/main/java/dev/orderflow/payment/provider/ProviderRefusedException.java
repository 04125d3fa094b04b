package dev.orderflow.payment.provider;

import org.jspecify.annotations.Nullable;

/**
 * The provider is there, but it and this service do not understand each other: it refused the request as wrong, or its
 * answer makes no sense. Does not count towards opening the circuit, because other requests may well be fine.
 */
public class ProviderRefusedException extends RuntimeException {

    public ProviderRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
