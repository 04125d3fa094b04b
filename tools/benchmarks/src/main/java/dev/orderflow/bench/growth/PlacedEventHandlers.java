package dev.orderflow.bench.growth;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.events.order.OrderPlaced;
import java.util.concurrent.atomic.LongAdder;

/** Ignores the events, so that the inbox dominates the cost. */
class PlacedEventHandlers {

    private final LongAdder handled = new LongAdder();

    @EventHandler
    void on(OrderPlaced placed) {
        handled.increment();
    }

    long handled() {
        return handled.sum();
    }
}
