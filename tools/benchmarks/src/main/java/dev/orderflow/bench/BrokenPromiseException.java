package dev.orderflow.bench;

/**
 * Reports that the measured program did not do what it must, so that its numbers mean nothing. The message is a
 * sentence for the user.
 */
public class BrokenPromiseException extends RuntimeException {

    public BrokenPromiseException(String message) {
        super(message);
    }

    public BrokenPromiseException(String message, Throwable cause) {
        super(message, cause);
    }
}
