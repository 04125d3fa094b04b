package dev.orderflow.shipping.carrier;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the carrier refuses a request as wrong, or its answer makes no sense. Does not count towards opening the
 * circuit, because other requests may succeed.
 */
public class CarrierRefusedException extends RuntimeException {

    public CarrierRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
