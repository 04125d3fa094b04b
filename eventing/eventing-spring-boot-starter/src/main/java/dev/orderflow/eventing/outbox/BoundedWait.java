package dev.orderflow.eventing.outbox;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for calls of other people's code that know no time limit. */
final class BoundedWait {

    private BoundedWait() {}

    /**
     * Returns when {@code call} has returned, which has a virtual thread of its own. Throws what it throws.
     *
     * @throws IllegalStateException after {@code longest}. The call may go on: the caller must end what it waits for
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
