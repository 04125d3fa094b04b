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
 * A named thread that repeats its {@link Work} until it is told to end, whatever that throws.
 * <p>
 * Nothing but {@link #end} ends the thread. An {@link Error} is a failed round like an exception: the work drops its state and
 * begins anew, as it would in a new process, and what it does is safe against that. An interrupt by somebody else, such as one that a handler
 * has left behind, is a failed round as well. {@link #status} tells when that does not help, and a health indicator passes it on, since
 * some errors only end with the process: a class whose initialization has failed stays unusable, for instance.
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

    /** Has a platform thread, for work that is busy or blocks in native code. */
    public static Loop onPlatformThread(String name) {
        return new Loop(name, Thread.ofPlatform());
    }

    /** Has a virtual thread, for work that mostly waits. */
    public static Loop onVirtualThread(String name) {
        return new Loop(name, Thread.ofVirtual());
    }

    /** Without effect if it runs. */
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
     * Lets the thread end after the round at hand, and returns when it has ended.
     *
     * @param patience how long to wait before the thread is interrupted
     * @param longest  how long to wait after that
     */
    public void end(Duration patience, Duration longest) {
        endAll(List.of(this), patience, longest);
    }

    /** As {@link #end}, without waiting. A thread that is started again meanwhile may begin before the last round of this one ends. */
    public void letEnd() {
        askToEnd();
    }

    /** As {@link #end} for several, which end at the same time. */
    public static void endAll(Collection<Loop> loops, Duration patience, Duration longest) {
        var ending = loops.stream().map(Loop::askToEnd).filter(Objects::nonNull).toList();
        for (var thread : ending) {
            if (!join(thread, patience)) {
                thread.interrupt();
                join(thread, longest);
            }
        }
    }

    /** There may be something to do. Cheap; may be called from any thread. */
    public void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Whether it was started and not been told to end. */
    public boolean isRunning() {
        return thread != null;
    }

    /** Whether the calling thread is this loop's and goes on. */
    public boolean goesOn() {
        return thread == Thread.currentThread();
    }

    /** A long round has come a step further. Cheap. */
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

    /** Waits within a round, and is not woken; returns early when the loop ends. */
    public void pause(long nanos) throws InterruptedException {
        ending.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** What is known from outside. */
    public LoopStatus status() {
        var current = thread;
        return progress.status(current != null, current != null && current.isAlive());
    }

    private void run(Work work) {
        while (goesOn()) {
            try {
                repeat(work);
            } catch (Throwable e) {
                // Reporting or cleaning up has failed, for want of memory say; it is tried again.
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

    /** Returns how long to rest. */
    private Duration round(Work work) {
        // What it is woken for was there before, so that this round finds it.
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

    /** What wakes the loop does not shorten the time until the next attempt. */
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

    /** One {@link Loop}'s task. All methods but {@link #stopping} are called by the loop's thread alone. */
    public interface Work {

        /**
         * Does what there is to do.
         *
         * @return how long there is nothing more to do, unless the loop is woken
         * @throws InterruptedException only because the loop ends; otherwise this counts as a failure like any other
         */
        Duration round() throws InterruptedException;

        /**
         * Reports that a round has failed, and drops all that the next one must not rely on. If this throws, it is called again before
         * the next round.
         *
         * @param cause a {@link RuntimeException} or an {@link Error}, mostly
         * @return how long to wait before the next round
         */
        Duration failed(Throwable cause);

        /** Makes a round that waits for something return early, since the loop is to end. Called by the thread that ends it. */
        default void stopping() {}

        /** Releases what the work holds. The last call, however the loop ends. */
        default void ended() {}
    }

    /**
     * A loop as it looks from outside.
     *
     * @param sinceProgress since a round, or a step of a long one, has begun or ended
     * @param failure       the class of what the last round has failed by, if it has
     */
    public record LoopStatus(
            String name,
            State state,
            Duration sinceProgress,
            @Nullable String failure) {

        /** What the thread does. */
        public enum State {
            /** Not started yet, or ended on purpose. */
            STOPPED,
            RESTING,
            WORKING,
            /** Its last round has failed. It is tried again. */
            FAILING,
            /** Failed by an {@link Error} so often that trying again does not seem to help. */
            BROKEN,
            /** It was never told to end, and has ended. */
            DIED
        }

        /** Whether a new process is needed: what is only away, such as a database or a broker, never makes this true. */
        public boolean needsRestart(Duration longestStep) {
            return switch (state) {
                case STOPPED, RESTING -> false;
                case WORKING, FAILING -> sinceProgress.compareTo(longestStep) > 0;
                case BROKEN, DIED -> true;
            };
        }
    }
}
