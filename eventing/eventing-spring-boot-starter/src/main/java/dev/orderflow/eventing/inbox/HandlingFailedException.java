package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;

/** Failure of a handler within a batch's transaction, which has to be rolled back because of this one event. */
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
