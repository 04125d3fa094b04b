package dev.orderflow.sandbox.carrier;

import dev.orderflow.edge.problem.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Makes the carrier's calls fail or wait, as {@link CarrierBehaviour} specifies. A failing call gets 503 and has no
 * effect. A slow call takes effect at once, and only its response is late: a client that stops waiting has a shipment
 * nevertheless. A restart restores normal behaviour.
 */
@Component
class CarrierFaults {

    private final AtomicReference<CarrierBehaviour> behaviour = new AtomicReference<>(CarrierBehaviour.NORMAL);

    CarrierBehaviour behaviour() {
        return behaviour.get();
    }

    void set(CarrierBehaviour wanted) {
        behaviour.set(wanted);
    }

    /**
     * Runs {@code work}, and blocks the virtual thread until the response is due.
     *
     * @throws Refusal 503 when the call is to fail
     */
    <T> T around(Supplier<T> work) {
        var before = behaviour.getAndUpdate(CarrierBehaviour::afterOneFailure);
        var fails = before.failNext() > 0 || ThreadLocalRandom.current().nextDouble() < before.failureRate();
        try {
            if (fails) {
                throw Refusal.unavailable("UNAVAILABLE_ON_DEMAND", "the carrier fails on demand");
            }
            return work.get();
        } finally {
            pause(before.latencyMillis());
        }
    }

    private static void pause(int millis) {
        if (millis > 0) {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
