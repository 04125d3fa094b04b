package dev.orderflow.verify;

/** The same when there is more than fits into memory: share by share. */
class ShareVerificationIT extends VerificationIT {

    @Override
    long mostEvents() {
        return 5;
    }
}
