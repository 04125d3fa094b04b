package dev.orderflow.demo.process;

import org.jspecify.annotations.Nullable;

/** Reports a problem that the user can correct; the message is a sentence that says how. */
public class DemoException extends RuntimeException {

    public DemoException(String message) {
        super(message);
    }

    public DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
