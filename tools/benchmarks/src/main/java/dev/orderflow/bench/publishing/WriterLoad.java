package dev.orderflow.bench.publishing;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Threads that publish small transactions at full speed, one after the other. */
public final class WriterLoad {

    private static final int MOST_EVENTS = 3;

    private final PublishingService service;
    private final int threads;
    private final long stream;
    private final AtomicLong committed = new AtomicLong();

    /**
     * Creates the load.
     *
     * @param stream distinguishes this load's keys from those of others
     */
    public WriterLoad(PublishingService service, int threads, long stream) {
        this.service = service;
        this.threads = threads;
        this.stream = stream;
    }

    /**
     * Result of the load.
     *
     * @param perSecond events
     * @param left share of them, in percent, that the broker had not acknowledged when the writers stopped
     */
    public record Result(double perSecond, double left) {}

    /** Runs the writers. Returns when the rest of the events is sent, unless there is no relay. */
    public Result run(Duration time, boolean withRelay) {
        if (withRelay) {
            service.startRelay();
            service.awaitAllSent(); // Only a run without a relay has left any.
        }
        var before = service.acknowledged();
        var begin = System.nanoTime();
        writeUntil(begin + time.toNanos());
        var seconds = (System.nanoTime() - begin) / 1e9;
        var events = committed.get();
        var left = events - (service.acknowledged() - before);
        if (withRelay) {
            service.awaitAllSent();
        }
        return new Result(events / seconds, 100.0 * left / events);
    }

    /** {@return the number of committed events} */
    public long committed() {
        return committed.get();
    }

    /**
     * Writes until a moment.
     *
     * @param end by {@link System#nanoTime}
     */
    public void writeUntil(long end) {
        try (var executor = Executors.newFixedThreadPool(threads)) {
            CompletableFuture.allOf(IntStream.range(0, threads)
                            .mapToObj(thread -> CompletableFuture.runAsync(() -> write(thread, end), executor))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private void write(int thread, long end) {
        var random = new Random(thread);
        var number = (long) thread << 32;
        while (System.nanoTime() < end) {
            var events = 1 + random.nextInt(MOST_EVENTS);
            var first = number;
            service.publish(LongStream.range(first, first + events)
                    .mapToObj(event -> Orders.placed(Orders.id(stream, event), event))
                    .toList());
            number += events;
            committed.addAndGet(events);
        }
    }
}
