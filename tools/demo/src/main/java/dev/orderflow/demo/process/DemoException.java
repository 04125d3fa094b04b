package dev.orderflow.demo.process;

import org.jspecify.annotations.Nullable;

/** Something the user can do something about; the message is a sentence that says what. */
public class DemoException extends RuntimeException {

    public DemoException(String message) {
        super(message);
    }

    public DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
