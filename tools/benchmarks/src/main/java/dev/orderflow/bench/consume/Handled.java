package dev.orderflow.bench.consume;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** How many events reached a handler. */
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
