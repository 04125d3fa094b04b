package dev.orderflow.order.waiting;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The signal by which another thread ends a wait. An interrupt would do more: it closes the database connection of a query
 * that runs. Thread-safe.
 */
public final class Cancellation {

    private volatile boolean cancelled;
    private volatile @Nullable CountDownLatch wait;

    /** Ends the wait; it may be over, or not yet have begun. */
    public void cancel() {
        cancelled = true;
        var current = wait;
        if (current != null) {
            current.countDown();
        }
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** Makes the cancellation, past or future, end {@code next}. */
    void ends(CountDownLatch next) {
        wait = next;
        if (cancelled) {
            next.countDown();
        }
    }
}
