package dev.orderflow.eventing.bus;

import dev.orderflow.eventing.bus.FailureHandler.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Registration of a listener, with its state and counters. Closing it lets it handle the waiting events first. */
public final class Subscription implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Subscription.class.getName());

    private final EventBus bus;
    private final Subscriber<?> subscriber;
    private final FailureHandler failures;
    private final List<Processor> processors = new CopyOnWriteArrayList<>();
    private final LongAdder handled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private final AtomicInteger failuresInRow = new AtomicInteger();

    final LongAdder evicted = new LongAdder();
    private @Nullable Processors<?> makers;
    private volatile State state = State.ACTIVE;

    /** Null while it need not end. */
    private volatile @Nullable Long abandonAt;

    /** Stages of a subscription. */
    public enum State {
        /** It receives events. */
        ACTIVE,
        /** It handles the events that were published before it was closed. */
        DRAINING,
        /** It has ended after it was closed. */
        STOPPED,
        /** It has ended by itself, after too many failures or because a call does not return. */
        QUARANTINED
    }

    /**
     * Numbers of events.
     *
     * @param handled  for which the listener has returned
     * @param failed   for which the listener or the filter has thrown an exception
     * @param timedOut whose call took too long
     * @param expired  whose deadline had passed
     * @param evicted  that were dropped, or stored in a {@link Spill}, because no slot was free
     * @param missed   that waited, or were being handled, when the subscription ended
     * @param waiting  that wait, whether it asks for them or not
     */
    public record Counters(
            long handled, long failed, long timedOut, long expired, long evicted, long missed, long waiting) {}

    Subscription(EventBus bus, Subscriber<?> subscriber, FailureHandler failures) {
        this.bus = bus;
        this.subscriber = subscriber;
        this.failures = failures;
    }

    public String name() {
        return subscriber.name;
    }

    public State state() {
        return state;
    }

    /** {@return the counters, which are not of the same instant while events are handled} */
    public Counters counters() {
        var waiting = 0L;
        for (var processor : processors) {
            waiting += processor.waiting();
        }
        return new Counters(
                handled.sum(), failed.sum(), timedOut.sum(), expired.sum(), evicted.sum(), missed.sum(), waiting);
    }

    /**
     * Ends the subscription: no event that is published from now on reaches it. Returns when it has handled the earlier ones, or after
     * {@link BusSettings#longestDrain()}; a listener that closes its own subscription does not wait.
     */
    @Override
    public void close() {
        bus.end(this);
    }

    /** Begins to receive what is published in these lanes. */
    void begin(Processors<?> makersOfProcessors, Lane[] lanes) {
        makers = makersOfProcessors;
        for (var lane : lanes) {
            join(lane);
        }
    }

    /** Adds the work in a lane, which must be started. */
    Processor join(Lane lane) {
        var processor = Objects.requireNonNull(makers).in(lane);
        processor.join();
        processors.add(processor);
        return processor;
    }

    long timeoutNanos() {
        return subscriber.timeout.toNanos();
    }

    List<Processor> processors() {
        return processors;
    }

    boolean isRunning() {
        var current = state;
        return current == State.ACTIVE || current == State.DRAINING;
    }

    void handled(int events) {
        handled.add(events);
        if (failuresInRow.get() != 0) {
            failuresInRow.set(0);
        }
    }

    void expired(BusEvent<?> event) {
        expired.increment();
        report(Kind.EXPIRED, event, null);
    }

    void missed(long events) {
        missed.add(events);
    }

    /** Counts a failure, and ends the subscription when too many follow each other. */
    void failed(Kind kind, BusEvent<?> event, @Nullable Throwable failure) {
        (kind == Kind.TIMED_OUT ? timedOut : failed).increment();
        report(kind, event, failure);
        if (failuresInRow.incrementAndGet() == subscriber.failuresInRow) {
            quarantine(failure);
        }
    }

    void report(Kind kind, @Nullable BusEvent<?> event, @Nullable Throwable failure) {
        try {
            failures.onFailure(this, kind, event, failure);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "bus=" + kind + " subscription=" + name() + " reason=failure-handler-failed", e);
        }
    }

    /** Ends the subscription by itself. Its threads end after their calls. */
    void quarantine(@Nullable Throwable failure) {
        synchronized (this) {
            if (!isRunning()) {
                return;
            }
            state = State.QUARANTINED;
        }
        report(Kind.QUARANTINED, null, failure);
        processors.forEach(processor -> processor.lane.sleepers.wake());
    }

    void abandonAt(long nanos) {
        abandonAt = nanos;
    }

    /** Interrupts calls that take too long, releases the lanes of those that do not return, and ends draining in time. */
    void look(long now) {
        var latest = abandonAt;
        if (latest != null && now - latest > 0) {
            abandon();
        }
        for (var processor : processors) {
            if (!processor.look(now)) {
                quarantine(null);
                processor.release();
            }
        }
    }

    /** Lets the subscription end after the events there are. */
    void drain() {
        synchronized (this) {
            if (state == State.QUARANTINED) {
                stop();
            }
            if (state != State.ACTIVE) {
                return;
            }
            state = State.DRAINING;
        }
        processors.forEach(Processor::drain);
    }

    /** Waits until all events are handled. Returns false if some are not in time. */
    synchronized boolean awaitEnd(long deadlineNanos) {
        while (state == State.DRAINING) {
            var millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Ends a subscription that has not handled all events in time. */
    void abandon() {
        synchronized (this) {
            if (state != State.DRAINING) {
                return;
            }
            stop();
        }
        report(Kind.ABANDONED, null, null);
        processors.forEach(Processor::release);
        processors.forEach(processor -> processor.lane.sleepers.wake());
    }

    /** Called by each thread of the subscription, as the last. */
    synchronized void ended(Processor processor) {
        processors.remove(processor);
        if (processors.isEmpty() && state == State.DRAINING) {
            stop();
        }
    }

    private void stop() {
        state = State.STOPPED;
        bus.forget(this);
        notifyAll();
    }
}
