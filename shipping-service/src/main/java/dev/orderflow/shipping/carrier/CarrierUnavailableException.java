package dev.orderflow.shipping.carrier;

/**
 * Thrown when the carrier did not answer, or answered that it cannot at the moment. Whether it has acted is unknown; a
 * repeated call for the same order finds out. Counts towards opening the circuit.
 */
public class CarrierUnavailableException extends RuntimeException {

    public CarrierUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
