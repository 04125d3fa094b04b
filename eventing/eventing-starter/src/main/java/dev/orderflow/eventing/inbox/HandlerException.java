package dev.orderflow.eventing.inbox;

/** Carries a handler's checked exception; unchecked ones travel as they are. */
class HandlerException extends RuntimeException {

    private HandlerException(Throwable cause) {
        super(cause);
    }

    static RuntimeException of(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new HandlerException(cause);
    }
}
