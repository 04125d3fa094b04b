package dev.orderflow.eventing.bus;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Reader that never lets publishers wait: when they need a slot, it drops the oldest waiting event or stores it in a {@link Spill}.
 * <p>
 * It takes events as copies under the ring's lock, because a publisher may release the slot of an event while it is being handled.
 * Spilled events are older than all in the ring, so they come first. A spill that fails makes publishers wait.
 */
final class CopyReader extends Reader {

    private final BusEvent<?>[] copies;
    private final @Nullable Spill spill;
    private final Draft spilledEvent = new Draft();
    private final LongAdder evicted;

    /** Written under the ring's lock. */
    private volatile long spilled;

    private volatile long handled;
    private long taken;

    /** @param spill null to drop */
    CopyReader(Ring ring, boolean synchronous, int batch, @Nullable Spill spill, LongAdder evicted) {
        super(ring, synchronous);
        this.copies = new BusEvent<?>[batch];
        this.spill = spill;
        this.evicted = evicted;
        for (var i = 0; i < batch; i++) {
            copies[i] = new BusEvent<>();
        }
    }

    @Override
    void begin(long last) {
        released.set(last);
        handled = last;
        taken = last;
    }

    @Override
    boolean hasNext() {
        var first = first();
        return first <= Math.min(end(), ring.last()) && allowed(first) > 0;
    }

    @Override
    int take(BusEvent<?>[] events, int most) throws Exception {
        ring.lock.lock();
        try {
            var first = first();
            var limit = Math.min(
                    Math.min(most, copies.length), Math.min(Math.min(end(), ring.last()) - first + 1, allowed(first)));
            if (limit <= 0) {
                return 0;
            }
            handled = first - 1;
            if (spilled == 0) {
                return copy(events, first, (int) limit);
            }
            spilled = spilled - 1;
            taken = first;
        } finally {
            ring.lock.unlock();
        }
        if (spill != null) {
            spill.next(spilledEvent);
        }
        events[0] = spilledEvent.event();
        return 1;
    }

    /** Returns the oldest event that waits: the spilled ones are those before the released slots, or before the end. */
    private long first() {
        // In this order: an eviction adds to the spilled events before it releases the slot.
        var position = Math.min(end(), released.get());
        return position - spilled + 1;
    }

    private int copy(BusEvent<?>[] events, long first, int number) {
        for (var i = 0; i < number; i++) {
            copies[i].set(ring.at(first + i));
            events[i] = copies[i];
        }
        taken = first + number - 1;
        released.set(taken);
        return number;
    }

    @Override
    void done(int number) {
        handled += number;
    }

    @Override
    boolean isAtEnd() {
        return released.get() >= end() && spilled == 0 && handled == taken;
    }

    @Override
    long handled() {
        return handled;
    }

    @Override
    long waiting() {
        return Math.max(0, Math.min(end(), ring.last()) - first() + 1);
    }

    @Override
    boolean evict(BusEvent<?> oldest) {
        var position = released.get();
        if (position < end()) {
            if (spill != null) {
                try {
                    spill.store(oldest);
                } catch (Exception e) {
                    return false;
                }
                spilled = spilled + 1;
            }
            evicted.increment();
        }
        released.set(position + 1);
        return true;
    }

    @Override
    void close() {
        if (spill != null) {
            spill.close();
        }
    }
}
