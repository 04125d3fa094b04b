package dev.orderflow.eventing.loop;

import dev.orderflow.eventing.loop.Loop.LoopStatus;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Progress of a loop: its thread writes it, other threads read it. Times are of a monotonic clock. */
final class Progress {

    /** Number of errors within {@link #WINDOW} from which a loop counts as broken. */
    private static final int TOO_MANY = 10;

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final String name;
    private final LongSupplier nanoTime;
    private final long[] errors = new long[TOO_MANY];
    private int errorCount;

    private volatile long madeAt;
    private volatile boolean working;
    private volatile @Nullable String failure;

    Progress(String name, LongSupplier nanoTime) {
        this.name = name;
        this.nanoTime = nanoTime;
        this.madeAt = nanoTime.getAsLong();
    }

    String name() {
        return name;
    }

    void begin() {
        made();
        working = false;
        failure = null;
    }

    void works() {
        madeAt = nanoTime.getAsLong();
        working = true;
    }

    void made() {
        madeAt = nanoTime.getAsLong();
    }

    void succeeded() {
        made();
        failure = null;
    }

    void rests() {
        working = false;
    }

    /** Records a failure. An exception indicates a fault elsewhere, an error a fault in this process. Only errors are counted. */
    void failed(Throwable cause) {
        made();
        if (cause instanceof Error) {
            count();
        }
        // Not the message: after an OutOfMemoryError, recording a failure must not allocate memory.
        failure = cause.getClass().getName();
    }

    LoopStatus status(boolean started, boolean alive) {
        return new LoopStatus(name, state(started, alive), sinceProgress(), failure);
    }

    private LoopStatus.State state(boolean started, boolean alive) {
        if (!started) {
            return LoopStatus.State.STOPPED;
        }
        if (!alive) {
            return LoopStatus.State.DIED;
        }
        if (hasTooManyErrors()) {
            return LoopStatus.State.BROKEN;
        }
        if (failure != null) {
            return LoopStatus.State.FAILING;
        }
        return working ? LoopStatus.State.WORKING : LoopStatus.State.RESTING;
    }

    private Duration sinceProgress() {
        return Duration.ofNanos(nanoTime.getAsLong() - madeAt);
    }

    private synchronized void count() {
        errors[errorCount++ % TOO_MANY] = nanoTime.getAsLong();
    }

    private synchronized boolean hasTooManyErrors() {
        return errorCount >= TOO_MANY && nanoTime.getAsLong() - errors[errorCount % TOO_MANY] < WINDOW.toNanos();
    }
}
