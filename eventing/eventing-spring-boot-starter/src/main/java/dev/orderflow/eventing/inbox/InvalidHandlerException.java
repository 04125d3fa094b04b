package dev.orderflow.eventing.inbox;

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
}
