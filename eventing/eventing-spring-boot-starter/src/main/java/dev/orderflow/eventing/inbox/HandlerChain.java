package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chain of steps around every handler, one concern per {@link Step}, the first outermost. */
public class HandlerChain {

    private final List<Step> steps;

    HandlerChain(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** One concern around a handler. Must call {@code next} exactly once and let its exceptions pass. */
    public interface Step {
        void around(Call call, Runnable next);
    }

    /** A handler that is about to be called with an event. */
    public interface Call {

        EventMetadata metadata();

        DomainEvent event();

        /** The handler's class and method, as in {@code StockEventHandlers.reserve}. */
        String handlerName();
    }

    void run(Delivery delivery, Consumer<Delivery> handling) {
        new Walk(delivery, handling).run();
    }

    <T> T call(Delivery delivery, Supplier<T> handling) {
        var result = new AtomicReference<@Nullable T>();
        run(delivery, handled -> result.set(handling.get()));
        return Objects.requireNonNull(result.get());
    }

    /** Passes a call through the steps to the handler. Each step calls it once, which calls the next step. */
    private final class Walk implements Runnable {

        private final Delivery delivery;
        private final Consumer<Delivery> handling;
        private int next;

        private Walk(Delivery delivery, Consumer<Delivery> handling) {
            this.delivery = delivery;
            this.handling = handling;
        }

        @Override
        public void run() {
            if (next == steps.size()) {
                handling.accept(delivery);
            } else {
                steps.get(next++).around(delivery, this);
            }
        }
    }
}
