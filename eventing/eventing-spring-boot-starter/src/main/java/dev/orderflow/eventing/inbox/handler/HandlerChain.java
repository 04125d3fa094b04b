package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.inbox.handler.HandlerCalls.Call;
import dev.orderflow.eventing.inbox.handler.HandlerCalls.Step;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chain of steps around every handler, one concern per {@link Step}, in the order of {@link HandlerCalls.Place}. */
final class HandlerChain {

    private final List<Step> steps;
    private final List<Step> aroundAnswers;

    /** @param steps in any order of their places; those of one place in this order */
    HandlerChain(List<Step> steps) {
        this.steps = steps.stream().sorted(Comparator.comparing(Step::place)).toList();
        this.aroundAnswers = this.steps.stream().filter(Step::surroundsAnswers).toList();
    }

    /** Calls a handler. Returns whether all steps have let the call pass. */
    <C extends Call> boolean run(C call, Consumer<C> handling) {
        return walk(steps, call, handling);
    }

    /** Does the work that an outbound call returned. Returns whether all steps have let it pass. */
    <C extends Call> boolean apply(C call, Consumer<C> work) {
        return walk(aroundAnswers, call, work);
    }

    /** Calls a handler and returns its answer; null if a step has not let the call pass. */
    <T> @Nullable T call(Call call, Supplier<T> handling) {
        var result = new AtomicReference<@Nullable T>();
        run(call, handled -> result.set(handling.get()));
        return result.get();
    }

    /** Returns the names of the steps, from the outermost to the innermost. */
    @Override
    public String toString() {
        return steps.stream().map(step -> step.getClass().getSimpleName()).collect(Collectors.joining(" > "));
    }

    private static <C extends Call> boolean walk(List<Step> steps, C call, Consumer<C> handling) {
        var walk = new Walk<>(steps, call, handling);
        walk.run();
        return walk.arrived;
    }

    /** Passes a call through the steps to the handler. Each step calls it once, which calls the next step. */
    private static final class Walk<C extends Call> implements Runnable {

        private final List<Step> steps;
        private final C call;
        private final Consumer<C> handling;
        private int next;
        private boolean arrived;

        private Walk(List<Step> steps, C call, Consumer<C> handling) {
            this.steps = steps;
            this.call = call;
            this.handling = handling;
        }

        @Override
        public void run() {
            if (next == steps.size()) {
                arrived = true;
                handling.accept(call);
            } else {
                steps.get(next++).around(call, this);
            }
        }
    }
}
