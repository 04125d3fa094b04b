package dev.orderflow.eventing.bus;

import java.util.ArrayDeque;
import java.util.Queue;

/** Spill in memory, without a bound. */
class MemorySpill implements Spill {

    private final Queue<BusEvent<?>> events = new ArrayDeque<>();

    @Override
    public synchronized void store(BusEvent<?> event) {
        events.add(event.copy());
    }

    @Override
    public synchronized void next(Draft into) {
        var event = events.remove();
        into.begin(event.key(), event.value()).priority(event.priority());
    }
}
