package dev.orderflow.eventing.bus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Thread that looks at running calls and draining subscriptions, four times within the shortest time-out. */
final class CallWatch {

    private static final Logger LOG = System.getLogger(CallWatch.class.getName());
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Subscription> subscriptions;
    private @Nullable Thread thread;
    private volatile boolean stopping;

    CallWatch(List<Subscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Starts the thread, if it has not been started. Called by one thread at a time. */
    void start() {
        if (thread == null) {
            thread = new BusThread("bus-watch", this::watch);
            thread.start();
        }
    }

    /** Ends the thread when there is no subscription to watch any more. */
    void stop() {
        stopping = true;
    }

    private void watch() {
        while (!stopping || !subscriptions.isEmpty()) {
            LockSupport.parkNanos(this, pause());
            var now = System.nanoTime();
            for (var subscription : subscriptions) {
                try {
                    subscription.look(now);
                } catch (Throwable e) {
                    LOG.log(Level.ERROR, "bus=watch subscription=" + subscription.name(), e);
                }
            }
        }
    }

    private long pause() {
        var pause = LONGEST_NANOS;
        for (var subscription : subscriptions) {
            pause = Math.min(pause, subscription.timeoutNanos() / 4);
        }
        return Math.max(SHORTEST_NANOS, pause);
    }
}
