package dev.orderflow.eventing.bus;

import com.lmax.disruptor.Sequence;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Place of a subscription in a ring. The subscription's thread calls {@link #hasNext}, {@link #take} and {@link #done} in turn; other
 * threads may call the rest.
 */
abstract sealed class Reader permits SlotReader, CopyReader {

    final Ring ring;

    /** Last event whose slot a publisher may use again. */
    final Sequence released = new Sequence();

    final boolean synchronous;

    private volatile long end = Long.MAX_VALUE;
    private volatile boolean ended;
    private final AtomicReference<@Nullable Fence> fence = new AtomicReference<>();

    Reader(Ring ring, boolean synchronous) {
        this.ring = ring;
        this.synchronous = synchronous;
    }

    /** Begins after the events there are. Called under the ring's lock. */
    abstract void begin(long last);

    abstract boolean hasNext();

    /** Writes up to {@code most} events into {@code events}, and returns how many; 0 when there is none. */
    abstract int take(BusEvent<?>[] events, int most) throws Exception;

    /** Reports that the next so many events of the last {@link #take} are handled. */
    abstract void done(int number);

    /** {@return the last event that is handled, or has been dropped} */
    abstract long handled();

    /** {@return the number of events that wait, or are being handled} */
    abstract long waiting();

    /**
     * Gives up the oldest waiting event, whose slot a publisher needs. Called under the ring's lock.
     *
     * @return false if the reader keeps its events
     */
    abstract boolean evict(BusEvent<?> oldest);

    /** Releases what the reader needs. Called once, after it has been removed from its ring. */
    abstract void close();

    /** Ends after the events there are. Called under the ring's lock. */
    final void endAt(long last) {
        end = Math.min(end, last);
    }

    final long end() {
        return end;
    }

    /** {@return whether all events until the end are handled, or have been dropped} Called by the subscription's thread. */
    abstract boolean isAtEnd();

    /** Marks the reader as removed from its ring: nothing waits for it any more. */
    final void markEnded() {
        ended = true;
    }

    final boolean isEnded() {
        return ended;
    }

    /** Called under the ring's lock, while no other fence is pending. */
    final void fence(Fence next) {
        fence.set(next);
    }

    final boolean isFenced() {
        var pending = fence.get();
        return pending != null && !pending.isPassed();
    }

    /** Returns how many events, from {@code next} on, may be handled before a fence. */
    final long allowed(long next) {
        var pending = fence.get();
        if (pending == null) {
            return Long.MAX_VALUE;
        }
        if (pending.isPassed()) {
            fence.compareAndSet(pending, null);
            return Long.MAX_VALUE;
        }
        return Math.max(0, pending.after() - next + 1);
    }
}
