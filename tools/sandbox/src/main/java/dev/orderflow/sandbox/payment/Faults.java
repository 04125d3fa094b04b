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
 * Makes calls fail or wait, as the {@link FaultSwitches} and {@link Behaviour} say; a call that the former fail does not count
 * for the latter. A failing call is answered 503 and does nothing, and so does one that hangs, when that ends: nobody is
 * charged by a call that nobody waits for any more. A slow one does its work at once and only answers late: a client that
 * gives up waiting has been charged nevertheless, which is the case idempotency keys are for. A restart makes the provider well
 * again.
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

    /** Does {@code work}, or fails instead; the future completes when the answer is due. */
    <T> CompletableFuture<T> around(ProviderCall call, Supplier<T> work) {
        return around(call, work, work);
    }

    /** Does {@code work}, or {@code declining} if it is to be declined, or fails; the future completes when the answer is due. */
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
        throw Refusal.unavailable("UNAVAILABLE_ON_DEMAND", "the provider was told to fail");
    }
}
