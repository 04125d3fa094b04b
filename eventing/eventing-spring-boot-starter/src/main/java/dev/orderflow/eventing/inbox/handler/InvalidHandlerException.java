package dev.orderflow.eventing.inbox.handler;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The application's event handlers contradict each other or the configuration. Start-up fails. */
class InvalidHandlerException extends RuntimeException {

    private final String action;

    InvalidHandlerException(String problem, String action) {
        super(problem);
        this.action = action;
    }

    /** Returns the remedy. */
    String action() {
        return action;
    }

    /** Reports the error and its remedy, instead of a stack trace. */
    static class Analyzer extends AbstractFailureAnalyzer<InvalidHandlerException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerException cause) {
            return new FailureAnalysis(cause.getMessage() + ".", cause.action() + ".", cause);
        }
    }
}
