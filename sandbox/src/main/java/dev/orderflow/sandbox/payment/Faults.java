package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.web.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Makes calls fail or wait, as {@link Behaviour} says. A failing call is answered 503 and does nothing. A slow one does
 * its work at once and only answers late: a client that gives up waiting has been charged nevertheless, which is the case
 * idempotency keys are for. A restart makes the provider well again.
 */
@Component
class Faults {

    private final AtomicReference<Behaviour> behaviour = new AtomicReference<>(Behaviour.WELL);

    Behaviour behaviour() {
        return behaviour.get();
    }

    void set(Behaviour wanted) {
        behaviour.set(wanted);
    }

    /** Calls {@code call}, or fails instead; the future completes when the answer is due. */
    <T> CompletableFuture<T> around(Supplier<T> call) {
        var before = behaviour.getAndUpdate(Behaviour::afterOneFailure);
        var answer = CompletableFuture.supplyAsync(fails(before) ? Faults::fail : call, Runnable::run);
        if (before.latencyMillis() == 0) {
            return answer;
        }
        return new CompletableFuture<Void>()
                .completeOnTimeout(null, before.latencyMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(due -> answer);
    }

    private static boolean fails(Behaviour now) {
        return now.failNext() > 0 || ThreadLocalRandom.current().nextDouble() < now.failureRate();
    }

    private static <T> T fail() {
        throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE_ON_DEMAND", "the provider was told to fail");
    }
}
