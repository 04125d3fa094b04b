package dev.orderflow.eventing.inbox;

/** A handler failed within the transaction of a batch, which has to be rolled back because of this one event. */
class HandlingFailedException extends RuntimeException {

    private final Delivery delivery;
    private final RuntimeException failure;

    HandlingFailedException(Delivery delivery, RuntimeException failure) {
        super(failure);
        this.delivery = delivery;
        this.failure = failure;
    }

    Delivery delivery() {
        return delivery;
    }

    RuntimeException failure() {
        return failure;
    }
}
