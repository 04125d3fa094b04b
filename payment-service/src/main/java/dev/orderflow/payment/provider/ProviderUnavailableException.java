package dev.orderflow.payment.provider;

/**
 * The provider did not answer, or answered that it cannot now. Whether it has charged is unknown; the same call again, with
 * the same idempotency key, finds out. Counts towards opening the circuit.
 */
public class ProviderUnavailableException extends RuntimeException {

    public ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
