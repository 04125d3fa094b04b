package dev.orderflow.sandbox.payment;

import dev.orderflow.edge.problem.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Active faults for selected calls. If several match a call, the oldest one hits it. A restart clears them.
 * <p>
 * A hanging call is an open connection and a virtual thread. It ends when its fault is cleared; a fault without hits
 * left therefore stays while calls hang on it. A server that writes nothing does not notice that its client has
 * disconnected, so no call hangs for longer than a minute. Futures are completed outside the lock, because their
 * dependents run in the same call.
 */
@Component
@Profile("demo")
class FaultSwitches {

    static final int MOST = 1_000;

    private static final Duration LONGEST_HANG = Duration.ofSeconds(60);

    private final Duration longestHang;
    private final Map<UUID, ProviderFault> faults = new LinkedHashMap<>();

    @Autowired
    FaultSwitches() {
        this(LONGEST_HANG);
    }

    FaultSwitches(Duration longestHang) {
        this.longestHang = longestHang;
    }

    /**
     * Adds a fault.
     *
     * @throws Refusal 409 when there are {@value #MOST} already
     */
    synchronized ProviderFault.Item add(FaultRequest wanted) {
        if (faults.size() == MOST) {
            throw Refusal.conflict("TOO_MANY_FAULTS", "there are " + MOST + " faults; clear some first");
        }
        var fault = new ProviderFault(wanted);
        faults.put(fault.id(), fault);
        return fault.toItem();
    }

    /** Lists the faults, oldest first. */
    synchronized List<ProviderFault.Item> list() {
        return faults.values().stream().map(ProviderFault::toItem).toList();
    }

    /**
     * Clears a fault.
     *
     * @throws Refusal 404 when there is none with that id, or no longer
     */
    void clear(UUID id) {
        end(takeOff(id));
    }

    /** Clears all faults; also when the sandbox stops, which would otherwise wait for the hanging calls. */
    @EventListener(ContextClosedEvent.class)
    void clearAll() {
        end(takeOffAll());
    }

    /** Decides on the call and uses up one hit of the fault that hits it. */
    Verdict verdictOn(ProviderCall call) {
        var verdict = hit(call);
        if (verdict instanceof Verdict.Hang(var end)) {
            end.completeOnTimeout(null, longestHang.toMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(() -> hangsNoMore(end));
        }
        return verdict;
    }

    private synchronized Verdict hit(ProviderCall call) {
        for (var fault : faults.values()) {
            if (fault.hits(call)) {
                var verdict = fault.hit();
                removeOver();
                return verdict;
            }
        }
        return new Verdict.Proceed();
    }

    private synchronized void hangsNoMore(CompletableFuture<Void> call) {
        faults.values().forEach(fault -> fault.hanging().remove(call));
        removeOver();
    }

    private void removeOver() {
        faults.values().removeIf(ProviderFault::isOver);
    }

    private synchronized List<CompletableFuture<Void>> takeOff(UUID id) {
        var fault = faults.remove(id);
        if (fault == null) {
            throw Refusal.notFound("UNKNOWN_FAULT", "there is no fault " + id);
        }
        return List.copyOf(fault.hanging());
    }

    private synchronized List<CompletableFuture<Void>> takeOffAll() {
        var hanging = faults.values().stream()
                .flatMap(fault -> fault.hanging().stream())
                .toList();
        faults.clear();
        return hanging;
    }

    private static void end(List<CompletableFuture<Void>> hanging) {
        hanging.forEach(call -> call.complete(null));
    }
}
