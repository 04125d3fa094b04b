package dev.orderflow.eventing.inbox;

/** Carries what is no unchecked exception: a handler's checked exception, or an error that is its own fault. */
class HandlerException extends RuntimeException {

    private HandlerException(Throwable cause) {
        super(cause.toString(), cause);
    }

    /** @throws VirtualMachineError as {@link #requireBlame} */
    static RuntimeException of(Throwable cause) {
        requireBlame(cause);
        return cause instanceof RuntimeException unchecked ? unchecked : new HandlerException(cause);
    }

    /**
     * Returns {@code failure} if an event can be to blame for it.
     *
     * @throws VirtualMachineError that which {@code failure} is, such as that memory is short; a stack that overflows is a handler's fault
     */
    static Throwable requireBlame(Throwable failure) {
        if (failure instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
            throw error;
        }
        return failure;
    }
}
