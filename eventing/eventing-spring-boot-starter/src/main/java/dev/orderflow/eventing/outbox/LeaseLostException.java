package dev.orderflow.eventing.outbox;

/** Another relay owns a bucket by now: whatever this one wanted to record of its keys is the other's business. */
class LeaseLostException extends RuntimeException {

    LeaseLostException() {
        super("another relay has taken over a bucket");
    }
}
