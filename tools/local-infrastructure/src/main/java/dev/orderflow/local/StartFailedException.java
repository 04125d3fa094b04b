package dev.orderflow.local;

/** Reports that a server did not start; the message has the reason and the last lines of its log. */
public class StartFailedException extends RuntimeException {

    public StartFailedException(String message) {
        super(message);
    }

    public StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
