package dev.orderflow.eventing.bus;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waiting events of one lane and priority, and the readers that follow them.
 * <p>
 * A publisher writes under the lock, and never waits while it holds it, except for a {@link Spill}. The ring is the Disruptor's for
 * several publishers, because they come from different threads, and no reader waits in it: lanes wake their threads themselves.
 */
final class Ring {

    /** Answer to a publisher: no slot is free. */
    static final long FULL = -1;

    /** Answer to a publisher: the key may belong to another lane now, or the bus is closed. */
    static final long MOVED = -2;

    final ReentrantLock lock = new ReentrantLock();

    private final RingBuffer<BusEvent<Object>> buffer;
    private final int mostBytes;
    private volatile Reader[] readers = {};

    /** Payloads in all slots, also of events that are handled. Written under the lock, as all that follow. */
    private long heldBytes;

    private long cleared = -1;
    private Lane @Nullable [] lanes;

    Ring(int slots, int mostBytes) {
        this.buffer = RingBuffer.createMultiProducer(BusEvent::new, slots, new BusySpinWaitStrategy());
        this.mostBytes = mostBytes;
    }

    /** Sets the lanes among which publishers must have chosen this one; null for none. Called under the lock. */
    void belongsTo(Lane @Nullable [] current) {
        lanes = current;
    }

    /** Publishes a copy of the event, and returns its sequence, {@link #FULL} or {@link #MOVED}. */
    long offer(BusEvent<?> event, Lane[] chosenAmong) {
        lock.lock();
        try {
            if (lanes != chosenAmong) {
                return MOVED;
            }
            if (!hasRoom(event.length)) {
                return FULL;
            }
            var sequence = buffer.next();
            var slot = buffer.get(sequence);
            heldBytes += event.length - slot.length;
            slot.set(event);
            buffer.publish(sequence);
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(int bytes) {
        while (!buffer.hasAvailableCapacity(1) || !hasBytes(bytes)) {
            if (!evictOldest()) {
                return false;
            }
        }
        return true;
    }

    private boolean hasBytes(int bytes) {
        if (heldBytes + bytes > mostBytes && bytes > 0) {
            clearHandled();
        }
        return heldBytes + bytes <= mostBytes || bytes == 0;
    }

    /** Clears the slots that all readers have released, and that no later event uses. */
    private void clearHandled() {
        var last = buffer.getMinimumGatingSequence();
        for (var i = Math.max(cleared, buffer.getCursor() - buffer.getBufferSize()) + 1; i <= last; i++) {
            var slot = buffer.get(i);
            heldBytes -= slot.length;
            slot.clear();
        }
        cleared = Math.max(cleared, last);
    }

    /** Makes the readers that are furthest behind give up an event; false when one of them keeps it. */
    private boolean evictOldest() {
        var behind = buffer.getMinimumGatingSequence();
        if (behind >= buffer.getCursor()) {
            return false;
        }
        for (var reader : readers) {
            if (reader.released.get() == behind && reader instanceof SlotReader) {
                return false;
            }
        }
        for (var reader : readers) {
            if (reader.released.get() == behind && !reader.evict(buffer.get(behind + 1))) {
                return false;
            }
        }
        return true;
    }

    boolean has(long sequence) {
        return buffer.isAvailable(sequence);
    }

    BusEvent<Object> at(long sequence) {
        return buffer.get(sequence);
    }

    /** {@return the sequence of the newest event, which is published only when the lock is held} */
    long last() {
        return buffer.getCursor();
    }

    /** Adds a reader, which receives all events that are published from now on. */
    void add(Reader reader) {
        lock.lock();
        try {
            buffer.addGatingSequences(reader.released);
            reader.begin(buffer.getCursor());
            var more = Arrays.copyOf(readers, readers.length + 1);
            more[readers.length] = reader;
            readers = more;
        } finally {
            lock.unlock();
        }
    }

    /** Lets a reader end after the events there are. */
    void end(Reader reader) {
        lock.lock();
        try {
            reader.endAt(buffer.getCursor());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes a reader, for which publishers no longer wait.
     *
     * @return false if it has been removed before
     */
    boolean remove(Reader reader) {
        lock.lock();
        try {
            if (reader.isEnded()) {
                return false;
            }
            reader.markEnded();
            buffer.removeGatingSequence(reader.released);
            readers = Arrays.stream(readers).filter(other -> other != reader).toArray(Reader[]::new);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether all synchronous readers that receive the event have handled it, or have ended. */
    boolean isHandledSynchronously(long sequence) {
        for (var reader : readers) {
            if (reader.synchronous && sequence <= reader.end() && !reader.isEnded() && reader.handled() < sequence) {
                return false;
            }
        }
        return true;
    }
}
