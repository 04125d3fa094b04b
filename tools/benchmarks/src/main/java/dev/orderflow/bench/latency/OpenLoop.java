package dev.orderflow.bench.latency;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Runs an action at times that were fixed beforehand, whether or not earlier runs have ended: a stalled system does not
 * get fewer requests.
 *
 * @param perSecond rate
 * @param times total number of runs
 */
record OpenLoop(double perSecond, int times) {

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
    private static final long PATIENCE_SECONDS = 60;

    /** Runs the action for each number at its time, on a thread of its own. Returns when all have ended. */
    void run(long begin, LongConsumer action) throws InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number = 0; number < times; number++) {
                var each = number;
                await(intended(begin, each));
                executor.execute(() -> action.accept(each));
            }
            executor.shutdown();
            if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        }
    }

    /** Returns the planned start of {@code number}, by {@link System#nanoTime}. */
    long intended(long begin, long number) {
        return begin + (long) (number * NANOS_PER_SECOND / perSecond);
    }

    private static void await(long time) {
        for (var left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
