package dev.orderflow.shipping.shipment;

import dev.orderflow.eventing.PeriodicTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Metrics of tracking. Each instance reads from the database for how long the first shipment is overdue, independent of the
 * one that tracks: the alert is for the time when none does. While the database is unavailable, the gauge keeps its value.
 */
@Component
class TrackingMetrics implements PeriodicTask {

    private static final Duration PERIOD = Duration.ofSeconds(15);

    private final DueShipments due;
    private final Counter missing;
    private final Counter refused;
    private volatile double overdue;

    TrackingMetrics(DueShipments due, MeterRegistry meters) {
        this.due = due;
        missing = meters.counter("shipping.tracking.missing");
        refused = meters.counter("shipping.tracking.refused");
        Gauge.builder("shipping.tracking.overdue", this, metrics -> metrics.overdue)
                .description("time since the carrier should have been asked about a parcel")
                .baseUnit("seconds")
                .register(meters);
    }

    @Override
    public String name() {
        return "shipment-tracking-metrics";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run() {
        overdue = due.overdueSeconds();
    }

    /** Counts shipments about which the carrier was asked and that its answer left out. */
    void missing(int shipments) {
        missing.increment(shipments);
    }

    /** Counts a shipment about which the carrier has refused to answer. */
    void refused() {
        refused.increment();
    }
}
