package dev.orderflow.verify;

/** Runs the same tests with more events than fit into memory: share by share. */
class ShareVerificationIT extends VerificationIT {

    ShareVerificationIT(World world) {
        super(world);
    }

    @Override
    long mostEvents() {
        return 20;
    }
}
