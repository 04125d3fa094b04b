package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.inbox.handler.HandlerCalls.Call;
import dev.orderflow.eventing.inbox.handler.HandlerCalls.Step;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chain of steps around every handler, one concern per {@link Step}, the first outermost. */
final class HandlerChain {

    private final List<Step> steps;

    HandlerChain(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    <C extends Call> void run(C call, Consumer<C> handling) {
        new Walk<>(call, handling).run();
    }

    <T> T call(Call call, Supplier<T> handling) {
        var result = new AtomicReference<@Nullable T>();
        run(call, handled -> result.set(handling.get()));
        return Objects.requireNonNull(result.get());
    }

    /** Passes a call through the steps to the handler. Each step calls it once, which calls the next step. */
    private final class Walk<C extends Call> implements Runnable {

        private final C call;
        private final Consumer<C> handling;
        private int next;

        private Walk(C call, Consumer<C> handling) {
            this.call = call;
            this.handling = handling;
        }

        @Override
        public void run() {
            if (next == steps.size()) {
                handling.accept(call);
            } else {
                steps.get(next++).around(call, this);
            }
        }
    }
}
