package dev.orderflow.verify;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs the same tests with all events in memory at once, as other tests of this module do. */
@EnabledIfSystemProperty(named = "verify.whole", matches = "true", disabledReason = "-Pthorough runs it")
class WholeVerificationIT extends VerificationIT {

    WholeVerificationIT(World world) {
        super(world);
    }

    @Override
    long mostEvents() {
        return Long.MAX_VALUE;
    }
}
