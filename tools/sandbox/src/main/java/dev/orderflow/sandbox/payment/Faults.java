package dev.orderflow.sandbox.payment;

import dev.orderflow.edge.problem.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Makes calls fail or wait, as {@link FaultSwitches} and {@link Behaviour} specify; a call that the former hits does
 * not count for the latter. A failing call gets 503 and has no effect, and so does a hanging one when it ends: no
 * charge is made for a client that has stopped waiting. A slow call takes effect at once, and only its response is
 * late: a client that stops waiting has been charged nevertheless. Idempotency keys exist for this case. A restart
 * restores normal behaviour.
 */
@Component
class Faults {

    private final AtomicReference<Behaviour> behaviour = new AtomicReference<>(Behaviour.WELL);
    private final Optional<FaultSwitches> switches;

    Faults(Optional<FaultSwitches> switches) {
        this.switches = switches;
    }

    Behaviour behaviour() {
        return behaviour.get();
    }

    void set(Behaviour wanted) {
        behaviour.set(wanted);
    }

    /** Runs {@code work} or fails; the future completes when the response is due. */
    <T> CompletableFuture<T> around(ProviderCall call, Supplier<T> work) {
        return around(call, work, work);
    }

    /**
     * Runs {@code work}, or {@code declining} if the charge is to be declined, or fails; the future completes when the
     * response is due.
     */
    <T> CompletableFuture<T> around(ProviderCall call, Supplier<T> work, Supplier<T> declining) {
        return switch (verdictOn(call)) {
            case Verdict.Proceed() -> asBehaving(work);
            case Verdict.Decline() -> late(behaviour.get(), completed(declining));
            case Verdict.Fail() -> completed(Faults::fail);
            case Verdict.Hang(var end) -> end.thenApply(ended -> fail());
        };
    }

    private Verdict verdictOn(ProviderCall call) {
        return switches.map(all -> all.verdictOn(call)).orElseGet(Verdict.Proceed::new);
    }

    private <T> CompletableFuture<T> asBehaving(Supplier<T> work) {
        var before = behaviour.getAndUpdate(Behaviour::afterOneFailure);
        return late(before, completed(fails(before) ? Faults::fail : work));
    }

    private static <T> CompletableFuture<T> completed(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Runnable::run);
    }

    private static <T> CompletableFuture<T> late(Behaviour behaviour, CompletableFuture<T> answer) {
        if (behaviour.latencyMillis() == 0) {
            return answer;
        }
        return new CompletableFuture<Void>()
                .completeOnTimeout(null, behaviour.latencyMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(due -> answer);
    }

    private static boolean fails(Behaviour now) {
        return now.failNext() > 0 || ThreadLocalRandom.current().nextDouble() < now.failureRate();
    }

    private static <T> T fail() {
        throw Refusal.unavailable("UNAVAILABLE_ON_DEMAND", "the provider fails on demand");
    }
}
