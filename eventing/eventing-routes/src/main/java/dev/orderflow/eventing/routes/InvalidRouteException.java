package dev.orderflow.eventing.routes;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A route cannot work as configured. Start-up fails. */
class InvalidRouteException extends RuntimeException {

    private final String action;

    InvalidRouteException(String route, String problem, String action) {
        super("The route " + route + " " + problem);
        this.action = action;
    }

    String action() {
        return action;
    }

    /** Reports the error and its remedy, instead of a stack trace. */
    static class Analyzer extends AbstractFailureAnalyzer<InvalidRouteException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, InvalidRouteException cause) {
            return new FailureAnalysis(cause.getMessage() + ".", cause.action() + ".", cause);
        }
    }
}
