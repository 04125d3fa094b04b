package dev.orderflow.eventing.schemas;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether events of one type are worth parsing. Opens when a number of events failed within a window, and lets some
 * events through after a while. When all of these probes are valid, it closes; the first invalid one opens it again.
 * <p>
 * It counts failures and not their rate, as Resilience4j's circuit breaker would: a thousand invalid events cost the same
 * whether a million valid ones lie between them or none. Time is measured by the monotonic clock, which no change of the time of
 * day affects. Thread-safe.
 */
public final class TypeCircuit {

    private static final Logger LOG = LoggerFactory.getLogger(TypeCircuit.class);

    private final String type;
    private final Settings settings;
    private final LongSupplier nanoTime;
    private final Pace pace;
    private final Deque<Long> failures = new ArrayDeque<>();
    private volatile State state = State.CLOSED;
    private volatile Mode mode = Mode.AUTO;
    private long openedAt;
    private int probed;

    TypeCircuit(String type, Settings settings, LongSupplier nanoTime) {
        this.type = type;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.pace = new Pace(settings.perSecond(), nanoTime);
    }

    /** The ordinals are the values of the metric. */
    public enum State {
        CLOSED,
        HALF_OPEN,
        OPEN
    }

    /** Operator's setting: the circuit decides itself, or stays closed or open. */
    public enum Mode {
        AUTO,
        CLOSED,
        OPEN
    }

    /**
     * @param failures  events that must be invalid to open the circuit
     * @param window    time within which they count
     * @param pause     time until the first probe
     * @param probes    events that must be valid to close the circuit
     * @param perSecond events per second while the circuit is not closed
     */
    record Settings(int failures, Duration window, Duration pause, int probes, int perSecond) {}

    String type() {
        return type;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Returns the pace of events while the circuit is not closed. */
    Pace pace() {
        return pace;
    }

    public State state() {
        return state;
    }

    public Mode mode() {
        return mode;
    }

    /** Returns the failures that count towards opening at present. */
    public synchronized int recentFailures() {
        forgetOld(nanoTime.getAsLong());
        return failures.size();
    }

    /** Returns whether the next event is parsed. Costs one read of a field while the circuit is closed. */
    boolean isParsing() {
        return isClosed() || isProbing();
    }

    private synchronized boolean isProbing() {
        if (state == State.OPEN
                && mode == Mode.AUTO
                && nanoTime.getAsLong() - openedAt >= settings.pause().toNanos()) {
            probed = 0;
            become(State.HALF_OPEN);
        }
        return state != State.OPEN;
    }

    /** Notes a valid event. */
    void succeeded() {
        if (state == State.HALF_OPEN) {
            probe();
        }
    }

    private synchronized void probe() {
        if (state == State.HALF_OPEN && ++probed >= settings.probes()) {
            failures.clear();
            become(State.CLOSED);
        }
    }

    /** Notes an invalid probe, which opens the circuit again. Does nothing at other times. */
    synchronized void probeFailed() {
        if (mode != Mode.CLOSED && state == State.HALF_OPEN) {
            open(nanoTime.getAsLong());
        }
    }

    /** Notes an invalid event. */
    synchronized void failed() {
        if (mode == Mode.CLOSED || state == State.OPEN) {
            return;
        }
        var now = nanoTime.getAsLong();
        failures.addLast(now);
        forgetOld(now);
        if (state == State.HALF_OPEN || failures.size() >= settings.failures()) {
            open(now);
        }
    }

    /** Sets the operator's mode. With {@link Mode#AUTO} the circuit continues in its present state. */
    synchronized void switchTo(Mode wanted) {
        mode = wanted;
        switch (wanted) {
            case AUTO -> {}
            case CLOSED -> {
                failures.clear();
                become(State.CLOSED);
            }
            case OPEN -> open(nanoTime.getAsLong());
        }
    }

    private void open(long now) {
        openedAt = now;
        become(State.OPEN);
    }

    private void forgetOld(long now) {
        var oldest = failures.peekFirst();
        while (oldest != null && now - oldest > settings.window().toNanos()) {
            failures.removeFirst();
            oldest = failures.peekFirst();
        }
    }

    private void become(State next) {
        if (state != next) {
            state = next;
            LOG.warn("circuit={} type={} mode={} recentFailures={}", next, type, mode, failures.size());
        }
    }
}
