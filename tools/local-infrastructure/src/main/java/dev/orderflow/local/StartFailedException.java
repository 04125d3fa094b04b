package dev.orderflow.local;

/** A server did not come up; the message says why and carries the last lines of its log. */
public class StartFailedException extends RuntimeException {

    public StartFailedException(String message) {
        super(message);
    }

    public StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
