package dev.orderflow.eventing.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events to the subscriptions of this process: see the package for what it guarantees.
 * <p>
 * A listener that publishes to its own full lane waits for itself until {@link BusSettings#longestBlock()} is over. Leave it room, or let
 * its subscription drop or spill.
 */
public final class EventBus implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int SPINS = 50;

    private final BusSettings settings;
    private final LongSupplier millis;
    private final Consumer<Processor> threads;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final CallWatch watch = new CallWatch(subscriptions);

    /** Taken by all that change lanes or subscriptions, and before the locks of rings. */
    private final ReentrantLock changes = new ReentrantLock();

    /** Null when the bus is closed. Written under the locks of all rings. */
    private volatile Lane @Nullable [] lanes;

    public EventBus(BusSettings settings) {
        this(settings, System::currentTimeMillis, work -> new BusThread("bus-" + work.name(), work).start());
    }

    /**
     * Creates a bus for tests.
     *
     * @param millis  the time by which deadlines are judged
     * @param threads runs work
     */
    EventBus(BusSettings settings, LongSupplier millis, Consumer<Processor> threads) {
        this.settings = settings;
        this.millis = millis;
        this.threads = threads;
        var first = LaneChange.lanes(new Lane[0], settings.lanes(), settings);
        for (var lane : first) {
            lane.belongsTo(first);
        }
        lanes = first;
    }

    /**
     * Publishes an event to all subscriptions, and waits for the synchronous ones unless the caller is itself a listener.
     *
     * @return whether all synchronous subscriptions are through with the event; false when they are late, or not waited for
     * @throws IllegalStateException      when the bus is closed; the event is not published
     * @throws RejectedExecutionException when no slot became free in time, or the thread was interrupted; the event is not published
     * @throws IllegalArgumentException   when the payload is larger than all payloads of a ring may be
     */
    public boolean publish(Draft draft) {
        var event = draft.event();
        if (event.length > settings.payloadBytes()) {
            throw new IllegalArgumentException(
                    "a payload of " + event.length + " bytes is larger than " + settings.payloadBytes());
        }
        var deadline = 0L;
        while (true) {
            var current = openLanes();
            var lane = current[Hashing.lane(event.key, current.length)];
            var ring = lane.ring(event.priority);
            var sequence = ring.offer(event, current);
            if (sequence >= 0) {
                lane.sleepers.wake();
                return ring.isHandledSynchronously(sequence) || awaitSynchronous(ring, sequence);
            }
            if (sequence == Ring.FULL) {
                deadline = deadline == 0 ? deadline() : deadline;
                if (Thread.currentThread().isInterrupted() || System.nanoTime() - deadline > 0) {
                    throw new RejectedExecutionException("no free slot for the event with the key " + event.key);
                }
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    private boolean awaitSynchronous(Ring ring, long sequence) {
        if (BusThread.isCurrent()) {
            return false;
        }
        var deadline = deadline();
        for (var i = 0; !ring.isHandledSynchronously(sequence); i++) {
            if (Thread.currentThread().isInterrupted() || System.nanoTime() - deadline > 0) {
                return false;
            }
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
        return true;
    }

    private long deadline() {
        return System.nanoTime() + settings.longestBlock().toNanos();
    }

    /**
     * Registers a listener of single events. It receives each event that is published after this method returns.
     *
     * @throws IllegalArgumentException when a registered subscription has the same name
     * @throws IllegalStateException    when the bus is closed
     */
    public <E> Subscription subscribe(Subscriber<E> subscriber, Listener<E> listener) {
        return subscribe(subscriber, 1, Delivery.single(listener));
    }

    /**
     * Registers a listener of up to {@code most} waiting events at once. It receives each event that is published after this method
     * returns. Events of higher priorities do not overtake those of a running call.
     *
     * @throws IllegalArgumentException when a registered subscription has the same name, or {@code most} is not 1 to 4,096
     * @throws IllegalStateException    when the bus is closed
     */
    public <E> Subscription subscribe(Subscriber<E> subscriber, int most, BatchListener<E> listener) {
        BusSettings.require(most >= 1 && most <= 4_096, "a batch has 1 to 4,096 events");
        changes.lock();
        try {
            var current = openLanes();
            if (subscriptions.stream().anyMatch(other -> other.name().equals(subscriber.name))) {
                throw new IllegalArgumentException("there is a subscription " + subscriber.name);
            }
            var subscription = new Subscription(this, subscriber, settings.failures());
            var workers = new Processors<>(subscription, subscriber, most, listener, settings, millis);
            subscription.begin(workers, current);
            subscriptions.add(subscription);
            subscription.processors().forEach(threads);
            watch.start();
            return subscription;
        } finally {
            changes.unlock();
        }
    }

    /** {@return the registered subscriptions: those that are active, draining or quarantined} */
    public List<Subscription> subscriptions() {
        return List.copyOf(subscriptions);
    }

    /** {@return the number of lanes; 0 when the bus is closed} */
    public int lanes() {
        var current = lanes;
        return current == null ? 0 : current.length;
    }

    /**
     * Changes the number of lanes. Few keys move, and each keeps its order: a lane to which keys move begins with them when the
     * subscription has handled their events in the lanes they come from. Waits for the end of an earlier change.
     *
     * @throws IllegalStateException when the bus is closed, or an earlier change does not end in time, because a listener is slow
     */
    public void resize(int number) {
        BusSettings.requireLanes(number);
        var deadline = deadline();
        while (!tryResize(number)) {
            if (Thread.currentThread().isInterrupted() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("keys still move because of an earlier change of lanes");
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    private boolean tryResize(int number) {
        changes.lock();
        try {
            var current = openLanes();
            if (current.length == number) {
                return true;
            }
            var active = subscriptions.stream()
                    .filter(subscription -> subscription.state() == Subscription.State.ACTIVE)
                    .toList();
            if (!LaneChange.isSettled(active, current)) {
                return false;
            }
            var change = new LaneChange(current, number, settings);
            change.apply(active, () -> lanes = change.lanes()).forEach(threads);
            return true;
        } finally {
            changes.unlock();
        }
    }

    /**
     * Refuses further events, and returns when all subscriptions have handled those that were published, or after
     * {@link BusSettings#longestDrain()}. What is left then is counted as missed and reported.
     */
    @Override
    public void close() {
        var ending = new ArrayList<Subscription>();
        changes.lock();
        try {
            var current = lanes;
            if (current == null) {
                return;
            }
            LaneChange.whileLocked(current, () -> {
                for (var lane : current) {
                    lane.belongsTo(null);
                }
                lanes = null;
            });
            ending.addAll(subscriptions);
            ending.forEach(Subscription::drain);
        } finally {
            changes.unlock();
        }
        awaitEnd(ending);
        watch.stop();
    }

    void end(Subscription subscription) {
        drain(subscription);
        awaitEnd(List.of(subscription));
    }

    void drain(Subscription subscription) {
        changes.lock();
        try {
            subscription.drain();
        } finally {
            changes.unlock();
        }
    }

    private void awaitEnd(List<Subscription> ending) {
        var deadline = System.nanoTime() + settings.longestDrain().toNanos();
        ending.forEach(subscription -> subscription.abandonAt(deadline));
        if (BusThread.isCurrent()) {
            return;
        }
        for (var subscription : ending) {
            if (!subscription.awaitEnd(deadline)) {
                subscription.abandon();
            }
        }
    }

    void forget(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    private Lane[] openLanes() {
        var current = lanes;
        if (current == null) {
            throw new IllegalStateException("the bus is closed");
        }
        return current;
    }
}
