package dev.orderflow.eventing.loop;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named thread that repeats its {@link Work} until {@link #end} is called, regardless of any failure of the work.
 * <p>
 * Only {@link #end} ends the thread. An {@link Error} is a failed round like an exception: the work discards its state and starts
 * over, as in a new process, and must support this. An interrupt from elsewhere, for instance one that a handler has left behind,
 * is also a failed round. Some errors only end with the process: for instance, a class whose initialization has failed stays
 * unusable. {@link #status} reports when starting over does not help, and a health indicator exposes it.
 * <p>
 * May be started again after it was ended.
 */
public final class Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final long LAST_RESORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Thread.Builder threads;
    private final Progress progress;
    private final Semaphore wakeUps = new Semaphore(0);

    private volatile CountDownLatch ending = new CountDownLatch(0);
    private volatile @Nullable Thread thread;
    private @Nullable Work work;
    private @Nullable Throwable unhandled;

    private Loop(String name, Thread.Builder threads) {
        this.threads = threads.name(name);
        this.progress = new Progress(name, System::nanoTime);
    }

    /** Creates a loop on a platform thread, for work that is busy or blocks in native code. */
    public static Loop onPlatformThread(String name) {
        return new Loop(name, Thread.ofPlatform());
    }

    /** Creates a loop on a virtual thread, for work that mostly waits. */
    public static Loop onVirtualThread(String name) {
        return new Loop(name, Thread.ofVirtual());
    }

    /** Starts the thread. Has no effect if it is running. */
    public synchronized void start(Work task) {
        if (thread == null) {
            work = task;
            ending = new CountDownLatch(1);
            progress.begin();
            var starting = threads.unstarted(() -> run(task));
            thread = starting;
            starting.start();
        }
    }

    /**
     * Ends the thread after the current round, and returns when it has ended.
     *
     * @param patience time until the thread is interrupted
     * @param longest  maximum time to wait after the interrupt
     */
    public void end(Duration patience, Duration longest) {
        endAll(List.of(this), patience, longest);
    }

    /** Ends the thread without waiting. After a restart, the new thread may begin before the last round of this one ends. */
    public void letEnd() {
        askToEnd();
    }

    /** Ends several loops at the same time; see {@link #end}. */
    public static void endAll(Collection<Loop> loops, Duration patience, Duration longest) {
        var ending = loops.stream().map(Loop::askToEnd).filter(Objects::nonNull).toList();
        for (var thread : ending) {
            if (!join(thread, patience)) {
                thread.interrupt();
                join(thread, longest);
            }
        }
    }

    /** Ends a pause early, because there may be work. Cheap; may be called from any thread. */
    public void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Returns whether it was started and has not been asked to end. */
    public boolean isRunning() {
        return thread != null;
    }

    /** Returns whether the calling thread is this loop's and is to continue. */
    public boolean goesOn() {
        return thread == Thread.currentThread();
    }

    /** Records that a long round has completed a step. Cheap. */
    public void progressed() {
        progress.made();
    }

    private synchronized @Nullable Thread askToEnd() {
        var ended = thread;
        thread = null;
        ending.countDown();
        wake();
        if (work != null) {
            work.stopping();
        }
        return ended;
    }

    /** Waits within a round. {@link #wake} does not shorten the wait; ending the loop does. */
    public void pause(long nanos) throws InterruptedException {
        ending.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** The loop's current state. May be called from any thread. */
    public LoopStatus status() {
        var current = thread;
        return progress.status(current != null, current != null && current.isAlive());
    }

    private void run(Work work) {
        while (goesOn()) {
            try {
                repeat(work);
            } catch (Throwable e) {
                // Reporting or cleaning up has failed, for instance for lack of memory. The next iteration tries again.
                progress.failed(e);
                LockSupport.parkNanos(LAST_RESORT_NANOS);
                Thread.interrupted();
            }
        }
        Thread.interrupted();
        try {
            work.ended();
        } catch (RuntimeException e) {
            LOG.warn("loop={} ended cause=\"{}\"", progress.name(), e.toString());
        }
    }

    private void repeat(Work work) throws InterruptedException {
        while (goesOn()) {
            if (unhandled == null) {
                rest(round(work));
            } else {
                handleFailure(work, unhandled);
            }
        }
    }

    /** Returns the time to pause. */
    private Duration round(Work work) {
        // The work of any earlier wake-up already exists, so this round processes it.
        wakeUps.drainPermits();
        progress.works();
        try {
            var rest = work.round();
            progress.succeeded();
            return rest;
        } catch (Throwable e) {
            Thread.interrupted();
            if (!goesOn()) {
                return Duration.ZERO;
            }
            unhandled = e;
            progress.failed(e);
            return Duration.ZERO;
        }
    }

    /** Reports the failure and waits until the next attempt. A wake-up does not shorten this wait. */
    private void handleFailure(Work work, Throwable failure) throws InterruptedException {
        var untilNext = work.failed(failure);
        unhandled = null;
        progress.rests();
        pause(untilNext.toNanos());
    }

    private void rest(Duration longest) {
        progress.rests();
        try {
            wakeUps.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            LOG.debug("loop={} rest=interrupted", progress.name());
        }
    }

    private static boolean join(Thread ended, Duration longest) {
        try {
            return ended.join(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Task of one {@link Loop}. Only the loop's thread calls its methods, except {@link #stopping}. */
    public interface Work {

        /**
         * Does the work that is due.
         *
         * @return time to pause, unless the loop is woken
         * @throws InterruptedException only because the loop ends; otherwise an interrupt counts as a failure like any other
         */
        Duration round() throws InterruptedException;

        /**
         * Reports that a round has failed, and discards all state that the next round must not use. If this method throws, it is
         * called again before the next round.
         *
         * @param cause usually a {@link RuntimeException} or an {@link Error}
         * @return time to wait before the next round
         */
        Duration failed(Throwable cause);

        /** Makes a waiting round return early, because the loop is to end. Called by the thread that ends it. */
        default void stopping() {}

        /** Releases the work's resources. The last call, in whatever way the loop ends. */
        default void ended() {}
    }

    /**
     * Snapshot of a loop's state.
     *
     * @param sinceProgress time since a round, or a step of a long one, began or ended
     * @param failure       class of the exception or error of the last round; null if the round succeeded
     */
    public record LoopStatus(
            String name,
            State state,
            Duration sinceProgress,
            @Nullable String failure) {

        /** The thread's activity. */
        public enum State {
            /** The loop has not been started, or was asked to end. */
            STOPPED,
            RESTING,
            WORKING,
            /** The last round has failed. The loop will try again. */
            FAILING,
            /** Rounds have failed with an {@link Error} so often that another attempt is unlikely to help. */
            BROKEN,
            /** The thread has ended without a request. */
            DIED
        }

        /** Returns whether a new process is needed. An unavailable database or broker never makes this true. */
        public boolean needsRestart(Duration longestStep) {
            return switch (state) {
                case STOPPED, RESTING -> false;
                case WORKING, FAILING -> sinceProgress.compareTo(longestStep) > 0;
                case BROKEN, DIED -> true;
            };
        }
    }
}
