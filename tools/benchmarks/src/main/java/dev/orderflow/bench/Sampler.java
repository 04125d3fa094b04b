package dev.orderflow.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Samples a running total periodically, from its creation on. */
public final class Sampler implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofMillis(2);

    private final LongSupplier total;
    private final long enough;
    private final long begin = System.nanoTime();
    private final List<Timeline.Sample> samples = new ArrayList<>();
    private final CompletableFuture<Timeline> finished = new CompletableFuture<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sampler").factory());

    /** Samples every two milliseconds. */
    public Sampler(LongSupplier total, long enough) {
        this(total, enough, OFTEN);
    }

    /**
     * Starts sampling.
     *
     * @param enough the total at which it stops
     */
    public Sampler(LongSupplier total, long enough, Duration every) {
        this.total = total;
        this.enough = enough;
        executor.scheduleAtFixedRate(this::sample, 0, every.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits for the total and returns its course up to then.
     *
     * @throws BrokenPromiseException if it takes longer than {@code patience} from now
     */
    public Timeline await(Duration patience) {
        try {
            return finished.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BrokenPromiseException(
                    String.format(
                            Locale.ROOT,
                            "Only %2$,d of %3$,d were done after %1$d s.",
                            patience.toSeconds(),
                            total.getAsLong(),
                            enough),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void sample() {
        try {
            var now = total.getAsLong();
            samples.add(new Timeline.Sample((System.nanoTime() - begin) / 1e9, now));
            if (now >= enough) {
                finished.complete(new Timeline(samples));
                executor.shutdown();
            }
        } catch (RuntimeException e) {
            finished.completeExceptionally(e);
        }
    }
}
