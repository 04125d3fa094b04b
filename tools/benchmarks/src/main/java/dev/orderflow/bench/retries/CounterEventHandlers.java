package dev.orderflow.bench.retries;

import dev.orderflow.bench.retries.CounterEvent.Advanced;
import dev.orderflow.eventing.EventHandler;
import org.springframework.stereotype.Component;

/** Writes each event down, and then fails if it is to. */
@Component
class CounterEventHandlers {

    private final Effects effects;
    private final Faults faults;

    CounterEventHandlers(Effects effects, Faults faults) {
        this.effects = effects;
        this.faults = faults;
    }

    @EventHandler
    void advance(Advanced event) {
        faults.beforeFirst(effects::now);
        effects.add(event);
        faults.failIfAsked(event);
    }
}
