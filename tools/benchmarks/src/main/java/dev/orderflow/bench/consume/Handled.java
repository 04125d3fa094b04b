package dev.orderflow.bench.consume;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Number of events that have reached a handler. */
@Component
class Handled {

    private final AtomicLong events = new AtomicLong();

    void add() {
        events.incrementAndGet();
    }

    long count() {
        return events.get();
    }

    void reset() {
        events.set(0);
    }
}
