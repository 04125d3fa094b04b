package dev.orderflow.eventing.bus;

import org.jspecify.annotations.Nullable;

/**
 * Calls of a listener by one thread, which another thread watches. The time of a call counts from the first look that finds it running,
 * so that beginning and ending one need no clock.
 * <p>
 * The lock keeps an interruption within the call it is meant for.
 */
final class ListenerCall {

    private final long timeoutNanos;
    private @Nullable Thread running;
    private long number;
    private long seen;
    private long since;
    private boolean interrupted;

    ListenerCall(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    synchronized void begin() {
        running = Thread.currentThread();
        number++;
        interrupted = false;
    }

    /** Ends the call, and returns whether it has been interrupted because it took too long. */
    synchronized boolean end() {
        running = null;
        Thread.interrupted();
        return interrupted;
    }

    /** Interrupts a call that takes too long. Returns false if one does not return, although it has been interrupted. */
    synchronized boolean look(long now) {
        if (running == null) {
            return true;
        }
        if (seen != number) {
            seen = number;
            since = now;
        }
        if (now - since < timeoutNanos) {
            return true;
        }
        if (interrupted) {
            return false;
        }
        running.interrupt();
        interrupted = true;
        since = now;
        return true;
    }
}
