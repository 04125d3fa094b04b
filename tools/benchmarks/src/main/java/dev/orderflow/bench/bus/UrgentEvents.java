package dev.orderflow.bench.bus;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.bus.BusSettings;
import dev.orderflow.eventing.bus.Draft;
import dev.orderflow.eventing.bus.EventBus;
import dev.orderflow.eventing.bus.Subscriber;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Latency of rare {@code HIGH} events, alone or while the listener has more {@code BULK} events than it can handle. */
final class UrgentEvents {

    private static final int PER_SECOND = 1_000;
    private static final int DIGITS = 3;

    /** Work of the listener for a bulk event. */
    private static final long BULK_NANOS = 2_000;

    private UrgentEvents() {}

    static Histogram latency(int seconds, boolean backlog) {
        var nanoseconds = new Histogram(DIGITS);
        var events = (long) PER_SECOND * seconds;
        var going = new AtomicBoolean(true);
        try (var bus = new EventBus(BusSettings.defaults().withLanes(1))) {
            bus.subscribe(Subscriber.of("listener", Object.class), event -> {
                var now = System.nanoTime();
                if (event.priority() == EventPriority.HIGH) {
                    nanoseconds.recordValue(Math.max(0, now - event.time()));
                } else {
                    while (System.nanoTime() - now < BULK_NANOS) {
                        Thread.onSpinWait();
                    }
                }
            });
            var bulk = Thread.ofPlatform().daemon().start(() -> {
                while (backlog && going.get()) {
                    bus.publish(new Draft().begin("bulk", "bulk").priority(EventPriority.BULK));
                }
            });
            publish(bus, events);
            going.set(false);
            bulk.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (nanoseconds.getTotalCount() != events) {
            throw new BrokenPromiseException(
                    "Of " + events + " urgent events, " + nanoseconds.getTotalCount() + " came.");
        }
        return nanoseconds;
    }

    private static void publish(EventBus bus, long events) {
        var draft = new Draft();
        var start = System.nanoTime();
        for (var i = 0L; i < events; i++) {
            var due = start + TimeUnit.SECONDS.toNanos(i) / PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            bus.publish(draft.begin("high", "high").priority(EventPriority.HIGH).time(System.nanoTime()));
        }
    }
}
