package dev.orderflow.eventing.outbox.relay;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Adds a time limit to calls of third-party code that have none. */
final class BoundedWait {

    private BoundedWait() {}

    /**
     * Runs {@code call} on a virtual thread, waits until it returns, and rethrows its exception.
     *
     * @throws IllegalStateException after {@code longest}. The call may continue: the caller must end its operation
     */
    static void run(String name, Duration longest, Runnable call) throws InterruptedException {
        var task = new FutureTask<>(call, null);
        Thread.ofVirtual().name(name).start(task);
        try {
            task.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException(name + " has not ended within " + longest, e);
        }
    }
}
