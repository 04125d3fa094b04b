package dev.orderflow.bench.latency;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Does something at times that were fixed beforehand, whether or not what was begun before has ended: a system that stalls
 * does not get fewer requests for it.
 *
 * @param perSecond how often
 * @param times     how often altogether
 */
record OpenLoop(double perSecond, int times) {

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
    private static final long PATIENCE_SECONDS = 60;

    /** Each number at its time, on a thread of its own. Returns when all have ended. */
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

    /** When {@code number} is to begin, by {@link System#nanoTime}. */
    long intended(long begin, long number) {
        return begin + (long) (number * NANOS_PER_SECOND / perSecond);
    }

    private static void await(long time) {
        for (var left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
