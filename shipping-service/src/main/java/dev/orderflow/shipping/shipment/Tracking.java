package dev.orderflow.shipping.shipment;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.shipping.carrier.Carrier;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Asks the carrier about the parcels that are on their way, and records what has become of them.
 * <p>
 * One instance at a time does this, by its {@link TrackingLease}, in batches. It holds no lock while it calls the carrier.
 * A carrier that is away leaves shipments due. The circuit breaker is not that of the handlers: a failure of tracking alone
 * keeps no order from being dispatched.
 */
@Component
class Tracking implements PeriodicTask {

    private static final Logger log = LoggerFactory.getLogger(Tracking.class);

    /** Longest run; the next one continues. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    private final Carrier carrier;
    private final CircuitBreaker circuit;
    private final DueShipments due;
    private final TrackingLease lease;
    private final TrackingProperties properties;
    private volatile boolean closing;

    Tracking(
            Carrier carrier,
            CircuitBreakerRegistry circuits,
            DueShipments due,
            TrackingLease lease,
            TrackingProperties properties) {
        this.carrier = carrier;
        this.circuit = circuits.circuitBreaker("carrier-tracking");
        this.due = due;
        this.lease = lease;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "shipment-tracking";
    }

    /** {@return the pause, varied, so that instances that were started together do not ask together} */
    @Override
    public Duration period() {
        var nanos = properties.period().toNanos();
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos - nanos / 5, nanos + nanos / 5 + 1));
    }

    @Override
    public void run() {
        var end = System.nanoTime() + LONGEST_RUN.toNanos();
        var full = true;
        while (full && !closing && System.nanoTime() - end < 0 && lease.acquire(properties.lease())) {
            full = trackBatch() == properties.batchSize();
        }
    }

    /** Gives the lease back, so that another instance continues at once. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
        lease.release();
    }

    /** Returns the number of shipments that were due; 0 if the carrier may not be called. */
    private int trackBatch() {
        var orders = due.next(properties.batchSize(), properties.interval());
        if (orders.isEmpty()) {
            return 0;
        }
        try {
            var answers = circuit.executeSupplier(() -> carrier.track(orders));
            due.record(orders, answers, properties.interval());
            return orders.size();
        } catch (CallNotPermittedException e) {
            log.debug("tracking=paused due={} cause=\"{}\"", orders.size(), e.toString());
            return 0;
        }
    }
}
