package dev.orderflow.order.admission;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.tenant.TenantLimits;
import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.order.admission.OrdersInFlight.Step;
import dev.orderflow.order.admission.OrdersInFlight.Steps;
import dev.orderflow.order.lifecycle.OrderStatusChanged;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Admits orders at the rate at which the flow completes others, and refuses the rest.
 * <p>
 * At each interval it counts the orders in flight of all instances, and admits orders up to {@link AdmissionLimit}
 * until the next count. Each instance does this on its own, so several instances exceed the limit by what they admit in
 * one interval. The next count corrects that.
 * <p>
 * An order that waits for an unavailable service is not load. A step that has orders waiting but has answered none for
 * a while is not counted, so an outage of payment or inventory does not stop the acceptance of orders. Without a recent
 * count nothing is refused: a database that cannot answer the count cannot accept orders either. Thread-safe.
 */
@Component
@EnableConfigurationProperties(AdmissionProperties.class)
public class OrderAdmission implements PeriodicTask {

    /** Detail of the answer to a refused order. */
    public static final String DETAIL = "Too many orders are in progress. This order was not placed.";

    private static final Logger log = LoggerFactory.getLogger(OrderAdmission.class);
    /** Age up to which a count is used. An older one says nothing about the present flow. */
    private static final long RECENT_NANOS = Duration.ofSeconds(10).toNanos();

    private final OrdersInFlight inFlight;
    private final AdmissionProperties properties;
    private final AdmissionLimit limit;
    private final Progress stock;
    private final Progress payment;
    private final AtomicInteger granted;
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final Counter refused;
    private final Duration retryAfter;
    private final TenantLimits tenantLimits;
    private final TenantOrders ofTenants = new TenantOrders();
    private volatile int waiting;
    private volatile long lookedAt = System.nanoTime();
    private volatile boolean closing;

    OrderAdmission(
            OrdersInFlight inFlight, AdmissionProperties properties, TenantLimits tenantLimits, MeterRegistry meters) {
        this.inFlight = inFlight;
        this.tenantLimits = tenantLimits;
        this.properties = properties;
        this.limit =
                new AdmissionLimit(properties.least(), properties.normal(), properties.most(), properties.target());
        this.stock = new Progress(properties.stalledAfter());
        this.payment = new Progress(properties.stalledAfter());
        this.granted = new AtomicInteger(limit.orders());
        this.retryAfter = Duration.ofSeconds(Math.max(1, properties.target().toSeconds()));
        this.refused = meters.counter("orders.requests.refused", "limit", "flow");
        meters.gauge("orders.admission.limit", limit, AdmissionLimit::orders);
        meters.gauge("orders.in.flight", this, self -> self.waiting);
    }

    /**
     * Returns if the tenant may place one more order now.
     *
     * @throws Refusal if too many orders are in flight, or too many of the tenant
     */
    public void admit(String tenant) {
        if (hasRecentLook()) {
            tenantLimits.requireInFlight(tenant, ofTenants.add(tenant));
        }
        if (granted.getAndUpdate(left -> Math.max(0, left - 1)) <= 0 && hasRecentLook()) {
            countRefusal();
            throw Refusal.overloaded(DETAIL, retryAfter);
        }
    }

    /** Returns whether {@link #admit} would refuse an order now, and counts that order as refused. */
    public boolean refuses() {
        if (granted.get() > 0 || !hasRecentLook()) {
            return false;
        }
        countRefusal();
        return true;
    }

    /** Returns the time after which a refused client should try again. */
    public Duration retryAfter() {
        return retryAfter;
    }

    private void countRefusal() {
        refusing.set(true);
        refused.increment();
    }

    /** Records which step has made progress: only another service's answer leads to RESERVED and PAID. */
    @TransactionalEventListener
    void statusChanged(OrderStatusChanged change) {
        switch (change.status()) {
            case RESERVED -> stock.made(System.nanoTime());
            case PAID -> payment.made(System.nanoTime());
            case PLACED, SHIPPED, DELIVERED, CANCELLED -> {
                // A customer places orders, and anybody may cancel them: neither shows progress of a step. A paid order
                // is
                // no longer in flight.
            }
        }
    }

    @Override
    public String name() {
        return "order-admission";
    }

    @Override
    public Duration period() {
        return properties.interval();
    }

    /** Counts the orders in flight. */
    @Override
    public void run() {
        try {
            observe(inFlight.count(properties.target()), System.nanoTime());
        } catch (DataAccessException | CannotCreateTransactionException e) {
            log.debug("admission=unobserved cause=\"{}\"", e.toString());
        }
    }

    /** @param nanoTime time of the count, monotonic */
    void observe(Steps steps, long nanoTime) {
        var flow = stock.moving(steps.placed(), nanoTime).plus(payment.moving(steps.reserved(), nanoTime));
        ofTenants.observe(flow.ofTenants());
        waiting = flow.waiting();
        var partial = waiting < steps.placed().waiting() + steps.reserved().waiting();
        limit.observe(flow, refusing.getAndSet(false), partial, nanoTime);
        granted.set(Math.max(limit.orders() - flow.waiting(), leastOfInterval()));
        lookedAt = nanoTime;
    }

    /** Refuses nothing from now on: the counts end before the web server does. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
    }

    private boolean hasRecentLook() {
        return !closing && System.nanoTime() - lookedAt < RECENT_NANOS;
    }

    private int leastOfInterval() {
        return Math.max(
                1,
                Math.round(properties.leastPerSecond() * properties.interval().toMillis() / 1_000f));
    }

    /** The time at which a step last made progress. */
    private static final class Progress {

        private final long stalledAfterNanos;
        private volatile long last = System.nanoTime();

        private Progress(Duration stalledAfter) {
            this.stalledAfterNanos = stalledAfter.toNanos();
        }

        private void made(long nanoTime) {
            last = nanoTime;
        }

        /** Returns the orders that wait for the step; none while the step makes no progress. */
        private Step moving(Step step, long nanoTime) {
            if (step.waiting() == 0) {
                last = nanoTime;
            }
            return nanoTime - last > stalledAfterNanos ? Step.NONE : step;
        }
    }
}
