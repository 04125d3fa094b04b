package dev.orderflow.hub.live;

import dev.orderflow.hub.query.EventFilter;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for a client. When they are too many, further events are missed until the client has received all that wait; the
 * report of missed events is therefore always between the events before and after them. Thread-safe.
 */
final class LiveClient {

    /** Bytes of events that are sent at once; a single event may have more. */
    private static final int AT_ONCE = 64 << 10;

    private final EventFilter filter;
    private final int mostEvents;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<LiveEvent> waiting = new ArrayDeque<>();
    private long bytes;
    private long missed;
    private long begin;
    private long last;
    private boolean ended;

    /**
     * @param mostEvents events that may wait
     * @param mostBytes  bytes of events that may wait, unless a single event has more
     */
    LiveClient(EventFilter filter, int mostEvents, long mostBytes) {
        this.filter = filter;
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    EventFilter filter() {
        return filter;
    }

    /** Sets the position after which events are offered. */
    void beginAfter(long position) {
        lock.lock();
        try {
            begin = position;
            last = position;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an event, unless the client has it already. Returns whether the client gets it, or has it. */
    boolean offer(LiveEvent event) {
        lock.lock();
        try {
            if (event.position() <= begin) {
                return true;
            }
            var size = event.bytes().length;
            if (missed > 0 || waiting.size() >= mostEvents || (!waiting.isEmpty() && bytes + size > mostBytes)) {
                missed++;
                return false;
            }
            waiting.add(event);
            bytes += size;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream after the events that wait. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the next bytes to be sent: empty if there are none within {@code longest}, null at the end of the stream.
     *
     * @throws InterruptedException if the thread is to end
     */
    byte @Nullable [] next(Duration longest) throws InterruptedException {
        var left = longest.toNanos();
        lock.lock();
        try {
            while (waiting.isEmpty() && missed == 0 && !ended) {
                if (left <= 0) {
                    return new byte[0];
                }
                left = changed.awaitNanos(left);
            }
            if (waiting.isEmpty() && missed == 0) {
                return null;
            }
            return waiting.isEmpty() ? missed() : waiting();
        } finally {
            lock.unlock();
        }
    }

    private byte[] missed() {
        var report = LiveEvent.missed(missed, last);
        missed = 0;
        return report;
    }

    private byte[] waiting() {
        var sent = new ByteArrayOutputStream();
        while (!waiting.isEmpty() && sent.size() < AT_ONCE) {
            var event = waiting.remove();
            sent.writeBytes(event.bytes());
            bytes -= event.bytes().length;
            last = event.position();
        }
        return sent.toByteArray();
    }

    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
