package dev.orderflow.eventing.bus;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Work of a subscription in a lane: takes events by priority and hands them to the listener.
 * <p>
 * An event of a higher priority goes first. A waiting event ages by each event that overtakes it, and is next when as many have done so
 * as the settings allow: it cannot starve, and those of higher priorities lose no more than that share.
 * <p>
 * The thread spins while there are no events, then naps, so that publishers of a busy bus need not wake it, and after 2 ms sleeps until
 * it is woken.
 */
final class Processor implements Runnable {

    /** Single events that are handled before the thread looks again which priority is next, unless a higher one has events. */
    private static final int LONGEST_RUN = 32;

    private static final int SPINS = 20;
    private static final int NAPS = 40;
    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Nobody wakes a thread whose events wait for those of another lane. */
    private static final long FENCED_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    final Lane lane;

    private final Subscription subscription;
    private final Delivery<?> delivery;
    private final int overtakenAtMost;

    /** From the highest priority to the lowest. */
    private final Reader[] readers;

    private final int[] overtaken;
    private final boolean batching;
    private final BusEvent<?>[] events;
    private int idle;

    Processor(Subscription subscription, Lane lane, List<Reader> readers, Delivery<?> delivery, int overtakenAtMost) {
        this.subscription = subscription;
        this.lane = lane;
        this.readers = readers.toArray(Reader[]::new);
        this.delivery = delivery;
        this.overtakenAtMost = overtakenAtMost;
        this.overtaken = new int[this.readers.length];
        this.batching = delivery.most() > 1;
        this.events = new BusEvent<?>[batching ? delivery.most() : LONGEST_RUN];
    }

    @Override
    public void run() {
        try {
            while (isGoing()) {
                if (handleNext()) {
                    idle = 0;
                } else {
                    pause();
                }
            }
        } catch (Throwable e) {
            // Such as a spill that cannot be read. Going on would lose or reorder events.
            subscription.quarantine(e);
        } finally {
            finish();
        }
    }

    boolean isGoing() {
        return subscription.isRunning() && !isAtEnd();
    }

    /** Hands the next events to the listener. Returns false when none waits. */
    boolean handleNext() throws Exception {
        var turn = turn();
        if (turn < 0) {
            return false;
        }
        var reader = readers[turn];
        var taken = reader.take(events, batching ? events.length : longestRun(turn));
        var handled = 0;
        while (handled < taken && (handled == 0 || isStillTurnOf(turn))) {
            var number = batching ? taken : 1;
            delivery.deliver(events, handled, number);
            reader.done(number);
            handled += number;
        }
        age(turn, handled);
        return true;
    }

    /** Returns how many events may be handled before it is the turn of a lower priority. */
    private int longestRun(int turn) {
        var most = events.length;
        for (var i = turn + 1; i < readers.length; i++) {
            most = Math.min(most, overtakenAtMost - overtaken[i]);
        }
        return Math.max(1, most);
    }

    private boolean isStillTurnOf(int turn) {
        for (var i = 0; i < turn; i++) {
            if (readers[i].hasNext()) {
                return false;
            }
        }
        return subscription.isRunning();
    }

    void finish() {
        release();
        for (var reader : readers) {
            try {
                reader.close();
            } catch (RuntimeException e) {
                subscription.report(FailureHandler.Kind.FAILED, null, e);
            }
        }
        subscription.ended(this);
    }

    /** Returns the index of the reader whose turn it is; -1 when none has an event. */
    private int turn() {
        for (var i = readers.length - 1; i > 0; i--) {
            if (overtaken[i] >= overtakenAtMost && readers[i].hasNext()) {
                return i;
            }
        }
        for (var i = 0; i < readers.length; i++) {
            if (readers[i].hasNext()) {
                return i;
            }
        }
        return -1;
    }

    private void age(int turn, int taken) {
        overtaken[turn] = 0;
        for (var i = turn + 1; i < readers.length; i++) {
            overtaken[i] = readers[i].hasNext() ? overtaken[i] + taken : 0;
        }
    }

    private void pause() {
        idle++;
        if (idle <= SPINS) {
            Thread.onSpinWait();
        } else if (idle <= SPINS + NAPS) {
            LockSupport.parkNanos(this, NAP_NANOS);
        } else {
            lane.sleepers.sleep(this::hasWork, isFenced() ? FENCED_NANOS : SLEEP_NANOS);
        }
    }

    private boolean hasWork() {
        return turn() >= 0 || !isGoing();
    }

    private boolean isAtEnd() {
        for (var reader : readers) {
            if (!reader.isAtEnd()) {
                return false;
            }
        }
        return true;
    }

    boolean isFenced() {
        for (var reader : readers) {
            if (reader.isFenced()) {
                return true;
            }
        }
        return false;
    }

    /** {@return the number of events that wait in the lane} */
    long waiting() {
        var waiting = 0L;
        for (var reader : readers) {
            waiting += reader.isEnded() ? 0 : reader.waiting();
        }
        return waiting;
    }

    /** Adds the readers to the rings. From now on they receive what is published. */
    void join() {
        for (var reader : readers) {
            reader.ring.add(reader);
        }
    }

    String name() {
        return subscription.name() + "-" + lane.number;
    }

    /** Lets later events wait until {@code earlier} have handled what they have now. Called while no publisher is at work. */
    void fence(List<Processor> earlier) {
        for (var i = 0; i < readers.length; i++) {
            var priority = i;
            var before = earlier.stream()
                    .map(processor -> Fence.Passage.of(processor.readers[priority]))
                    .toList();
            readers[i].fence(new Fence(readers[i].ring.last(), before));
        }
    }

    /** Lets the work end after the events there are. */
    void drain() {
        for (var reader : readers) {
            reader.ring.end(reader);
        }
        lane.sleepers.wake();
    }

    /** Interrupts a call that takes too long. Returns false if one does not return. */
    boolean look(long now) {
        return delivery.look(now);
    }

    /** Removes the readers, so that no publisher waits for them. Whatever they have not handled is missed. */
    void release() {
        for (var reader : readers) {
            var waiting = reader.waiting();
            if (reader.ring.remove(reader)) {
                subscription.missed(waiting);
            }
        }
    }
}
