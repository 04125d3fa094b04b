package dev.orderflow.bench.retries;

import dev.orderflow.bench.retries.CounterEvent.Advanced;
import dev.orderflow.eventing.EventHandler;
import org.springframework.stereotype.Component;

/** Records each event, then fails if a fault is set for it. */
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
