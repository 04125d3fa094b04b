package dev.orderflow.eventing.inbox.handler;

/** Wraps a checked exception or an error thrown by a handler. */
class HandlerException extends RuntimeException {

    private HandlerException(Throwable cause) {
        super(cause.toString(), cause);
    }

    /**
     * Wraps {@code cause} unless it is an unchecked exception.
     *
     * @throws VirtualMachineError see {@link #requireBlame}
     */
    static RuntimeException of(Throwable cause) {
        requireBlame(cause);
        return cause instanceof RuntimeException unchecked ? unchecked : new HandlerException(cause);
    }

    /**
     * Returns {@code failure} if an event can be to blame for it.
     *
     * @throws VirtualMachineError {@code failure} itself, such as an {@link OutOfMemoryError}; but a stack overflow is the
     *         handler's fault
     */
    static Throwable requireBlame(Throwable failure) {
        if (failure instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
            throw error;
        }
        return failure;
    }
}
