package dev.orderflow.shipping.shipment;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.shipping.carrier.Carrier;
import dev.orderflow.shipping.carrier.CarrierRefusedException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
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
 * <p>
 * Of a batch that the carrier refuses, it asks about each half, and so on: what is refused alone is postponed, so it keeps
 * no other shipment from being tracked.
 */
@Component
class Tracking implements PeriodicTask {

    private static final Logger log = LoggerFactory.getLogger(Tracking.class);

    /** Longest run; the next one continues. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);

    /** Refused requests after which a run ends, so that a carrier that refuses everything is not asked about each shipment. */
    private static final int MOST_REFUSED = 20;

    private final Carrier carrier;
    private final CircuitBreaker circuit;
    private final DueShipments due;
    private final TrackingLease lease;
    private final TrackingMetrics metrics;
    private final TrackingProperties properties;

    Tracking(
            Carrier carrier,
            CircuitBreakerRegistry circuits,
            DueShipments due,
            TrackingLease lease,
            TrackingMetrics metrics,
            TrackingProperties properties) {
        this.carrier = carrier;
        this.circuit = circuits.circuitBreaker("carrier-tracking");
        this.due = due;
        this.lease = lease;
        this.metrics = metrics;
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
        var run = new Run(System.nanoTime() + LONGEST_RUN.toNanos());
        var full = true;
        while (full && mayAsk(run)) {
            var orders = due.next(properties.batchSize(), properties.interval());
            full = !orders.isEmpty() && track(orders, run) && orders.size() == properties.batchSize();
        }
    }

    /** Gives the lease back, so that another instance continues at once. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        lease.end();
    }

    /** Returns whether there is time for another request, and the lease is this instance's until its end. */
    private boolean mayAsk(Run run) {
        return run.goesOn() && lease.acquire();
    }

    /** Returns whether all was asked; otherwise the rest stays due. */
    private boolean track(List<UUID> orders, Run run) {
        try {
            var answers = circuit.executeSupplier(() -> carrier.track(orders));
            due.record(orders, answers, properties.interval());
            metrics.missing(orders.size() - answers.size());
            return true;
        } catch (CallNotPermittedException e) {
            log.debug("tracking=paused due={} cause=\"{}\"", orders.size(), e.toString());
            return false;
        } catch (CarrierRefusedException e) {
            run.refused++;
            return orders.size() == 1 ? postpone(orders.getFirst(), e) : trackHalves(orders, run);
        }
    }

    private boolean trackHalves(List<UUID> orders, Run run) {
        var half = orders.size() / 2;
        return mayAsk(run)
                && track(orders.subList(0, half), run)
                && mayAsk(run)
                && track(orders.subList(half, orders.size()), run);
    }

    private boolean postpone(UUID order, CarrierRefusedException cause) {
        due.record(List.of(order), List.of(), properties.interval());
        metrics.refused();
        log.warn("tracking=refused orderId={} cause=\"{}\"", order, cause.toString());
        return true;
    }

    /** The bounds of one run. */
    private static final class Run {

        private final long end;
        private int refused;

        private Run(long end) {
            this.end = end;
        }

        private boolean goesOn() {
            return refused < MOST_REFUSED && System.nanoTime() - end < 0;
        }
    }
}
