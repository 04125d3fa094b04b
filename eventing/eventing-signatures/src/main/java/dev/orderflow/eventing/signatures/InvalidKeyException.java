package dev.orderflow.eventing.signatures;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A file has no usable key. Start-up fails; later, the keys that were read before stay in use. */
class InvalidKeyException extends RuntimeException {

    InvalidKeyException(String message) {
        super(message);
    }

    InvalidKeyException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Reports the error and its remedy, instead of a stack trace. */
    static class Analyzer extends AbstractFailureAnalyzer<InvalidKeyException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, InvalidKeyException cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Create keys with \"openssl genpkey -algorithm ed25519 -out key.pem\" and"
                            + " \"openssl pkey -in key.pem -pubout -out public.pem\"",
                    cause);
        }
    }
}
