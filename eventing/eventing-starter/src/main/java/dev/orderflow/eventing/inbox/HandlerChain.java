package dev.orderflow.eventing.inbox;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happens around every handler, one concern per {@link Step}, the first outermost. */
public class HandlerChain {

    private final List<Step> steps;

    public HandlerChain(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** One concern around a handler. Must call {@code next} exactly once and let its exceptions pass. */
    public interface Step {
        void around(Delivery delivery, Runnable next);
    }

    void run(Delivery delivery, Runnable handling) {
        var all = handling;
        for (var step : steps.reversed()) {
            var next = all;
            all = () -> step.around(delivery, next);
        }
        all.run();
    }

    <T> T call(Delivery delivery, Supplier<T> handling) {
        var result = new AtomicReference<@Nullable T>();
        run(delivery, () -> result.set(handling.get()));
        return java.util.Objects.requireNonNull(result.get());
    }
}
