package dev.orderflow.verify.evidence;

/** Reports that a source of evidence cannot be read. The message is one sentence that says what to do. */
public class SourceAwayException extends RuntimeException {

    SourceAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
