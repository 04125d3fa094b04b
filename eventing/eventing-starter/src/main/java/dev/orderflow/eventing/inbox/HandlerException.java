package dev.orderflow.eventing.inbox;

/** Carries what is no unchecked exception: a handler's checked exception, or an error that is its own fault. */
class HandlerException extends RuntimeException {

    private HandlerException(Throwable cause) {
        super(cause.toString(), cause);
    }

    /** @throws OutOfMemoryError that which {@code cause} is: no event is to blame for it */
    static RuntimeException of(Throwable cause) {
        if (cause instanceof OutOfMemoryError error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new HandlerException(cause);
    }
}
