package dev.orderflow.eventing.schemas;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The application's schemas, upcasters and handlers contradict each other. Start-up fails. */
class InvalidContractException extends RuntimeException {

    private final String action;

    InvalidContractException(String problem, String action) {
        super(problem);
        this.action = action;
    }

    /** Reports the error and its remedy, instead of a stack trace. */
    static class Analyzer extends AbstractFailureAnalyzer<InvalidContractException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, InvalidContractException cause) {
            return new FailureAnalysis(cause.getMessage() + ".", cause.action + ".", cause);
        }
    }
}
