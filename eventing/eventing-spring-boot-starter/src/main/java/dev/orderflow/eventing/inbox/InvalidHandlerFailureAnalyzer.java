package dev.orderflow.eventing.inbox;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports an error in the event handlers and its remedy, instead of a stack trace. */
class InvalidHandlerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerException cause) {
        return new FailureAnalysis(cause.getMessage() + ".", cause.action() + ".", cause);
    }
}
