package dev.orderflow.hub.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Counts clients, and events that they have missed. */
@Component
class LiveMetrics {

    private final AtomicInteger clients;
    private final Counter missed;

    LiveMetrics(MeterRegistry meters) {
        this.clients = meters.gauge("hub.live.clients", new AtomicInteger());
        this.missed = meters.counter("hub.live.missed");
    }

    void clients(int number) {
        clients.set(number);
    }

    void missed() {
        missed.increment();
    }
}
