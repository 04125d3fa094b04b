package dev.orderflow.bench.retries;

import dev.orderflow.bench.retries.CounterEvent.Advanced;
import dev.orderflow.eventing.NotRetryable;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Failing events, and when the first one of a round was handled, whether it failed or not. Thread-safe. */
@Component
class Faults {

    static class PassingException extends RuntimeException {}

    @NotRetryable
    static class LastingException extends RuntimeException {}

    private final Set<Advanced> once = ConcurrentHashMap.newKeySet();
    private final Set<Advanced> always = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Instant> begun = new AtomicReference<>();

    /** Begins a round with these failing events. */
    void ask(Set<Advanced> toFailOnce, Set<Advanced> toFailAlways) {
        repair();
        once.addAll(toFailOnce);
        always.addAll(toFailAlways);
        begun.set(null);
    }

    /** Ends all failures. */
    void repair() {
        once.clear();
        always.clear();
    }

    /** Returns when the first event of the round reached its handler; null if none has. */
    @Nullable
    Instant begun() {
        return begun.get();
    }

    void beforeFirst(Supplier<Instant> clock) {
        if (begun.get() == null) {
            begun.compareAndSet(null, clock.get());
        }
    }

    void failIfAsked(Advanced event) {
        if (once.remove(event)) {
            throw new PassingException();
        }
        if (always.contains(event)) {
            throw new LastingException();
        }
    }
}
