package dev.orderflow.bench.growth;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.events.order.OrderPlaced;
import java.util.concurrent.atomic.LongAdder;

/** Does nothing with the events, so that the inbox weighs the most. */
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
