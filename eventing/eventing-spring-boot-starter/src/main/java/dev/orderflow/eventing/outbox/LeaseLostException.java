package dev.orderflow.eventing.outbox;

/** Thrown when another relay has taken over a bucket, which alone may then record changes to its keys. */
class LeaseLostException extends RuntimeException {

    LeaseLostException() {
        super("another relay has taken over a bucket");
    }
}
