package dev.orderflow.eventing.inbox.handler;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The current work of one thread on an event. The thread begins and ends the step; {@link HandlingWatch} checks it.
 * <p>
 * All methods share one lock, so that an interrupt always reaches the intended step: the thread is interrupted while the step
 * runs, and the end of the step clears the interrupt. A late interrupt would end the thread's next work.
 */
final class WatchedStep implements AutoCloseable {

    private enum State {
        IDLE,
        RUNNING,
        INTERRUPTED,
        /** The step has not reacted to the interrupt. */
        OVERRUN
    }

    private final Duration usualLimit;
    private final Consumer<WatchedStep> onClose;
    private final Consumer<UUID> onRecovery;
    private State state = State.IDLE;
    private @Nullable Thread thread;
    private @Nullable UUID event;
    private @Nullable Object handler;
    private Duration limit;
    private long since;

    /** @param onRecovery called with an event whose handling ended after its overrun was noted */
    WatchedStep(Duration limit, Consumer<WatchedStep> onClose, Consumer<UUID> onRecovery) {
        this.usualLimit = limit;
        this.limit = limit;
        this.onClose = onClose;
        this.onRecovery = onRecovery;
    }

    /** @param event null for work on several events */
    synchronized void begin(@Nullable UUID event, Object handler) {
        start(event, handler, usualLimit);
    }

    /** @param shorter time limit, if it is shorter than the usual one */
    synchronized void begin(@Nullable UUID event, Object handler, Optional<Duration> shorter) {
        start(event, handler, shorter.filter(it -> it.compareTo(usualLimit) < 0).orElse(usualLimit));
    }

    private void start(@Nullable UUID event, Object handler, Duration limit) {
        this.limit = limit;
        this.thread = Thread.currentThread();
        this.event = event;
        this.handler = handler;
        this.since = System.nanoTime();
        this.state = State.RUNNING;
    }

    /** Ends the step. Returns whether it took too long. */
    synchronized boolean end() {
        var late = state == State.INTERRUPTED || state == State.OVERRUN;
        if (late) {
            Thread.interrupted();
        }
        if (state == State.OVERRUN && event != null) {
            onRecovery.accept(event);
        }
        state = State.IDLE;
        thread = null;
        handler = null;
        return late;
    }

    /**
     * Ends the step with a failure, and returns the failure to report. An unavailable database is reported as such even after the
     * time limit, unless the interrupt caused that failure.
     */
    RuntimeException end(Throwable failure) {
        var late = end();
        var cause = HandlerException.of(failure);
        return late
                        && (!DatabaseOutage.isCauseOf(cause)
                                || isInterrupt(cause)
                                || DatabaseOutage.isEndOfIdleTransaction(cause))
                ? new HandlingTimeoutException(
                        limit.equals(usualLimit)
                                ? "took longer than eventing.inbox.handling-timeout=" + limit
                                : "took longer than " + limit + ", until its deadline",
                        cause)
                : cause;
    }

    /** Unregisters the step. */
    @Override
    public void close() {
        onClose.accept(this);
    }

    /** Interrupts the thread if the step has taken too long. */
    synchronized boolean interruptIfLate() {
        if (state != State.RUNNING || took().compareTo(limit) <= 0) {
            return false;
        }
        state = State.INTERRUPTED;
        Objects.requireNonNull(thread).interrupt();
        return true;
    }

    /** Marks the step as overrun if the interrupt did not end it, and it has taken too long for any event. */
    synchronized boolean overrunIfLate(Duration grace) {
        if (state != State.INTERRUPTED || took().compareTo(usualLimit.plus(grace)) <= 0) {
            return false;
        }
        state = State.OVERRUN;
        return true;
    }

    synchronized @Nullable Overdue overdue() {
        return state == State.OVERRUN ? new Overdue(event, String.valueOf(handler), took().minus(usualLimit)) : null;
    }

    synchronized String describe() {
        return "id=" + event + " handler=" + handler + " limit=" + limit;
    }

    /** A step that could not be ended. */
    record Overdue(@Nullable UUID event, String handler, Duration by) {}

    /** Thrown for a handler that was interrupted because it took too long. Dead letters store the name of this class. */
    static final class HandlingTimeoutException extends RuntimeException {

        /** @param failure thrown by the handler; not set as the cause, since it looks like a request to end the thread */
        private HandlingTimeoutException(String message, Throwable failure) {
            super(message);
            addSuppressed(failure);
        }
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static boolean isInterrupt(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }
}
