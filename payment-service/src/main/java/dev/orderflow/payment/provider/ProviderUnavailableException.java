package dev.orderflow.payment.provider;

/**
 * Thrown when the provider did not answer, or answered that it cannot at the moment. Whether it has charged is unknown;
 * a repeated call with the same idempotency key finds out. Counts towards opening the circuit.
 */
public class ProviderUnavailableException extends RuntimeException {

    public ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
