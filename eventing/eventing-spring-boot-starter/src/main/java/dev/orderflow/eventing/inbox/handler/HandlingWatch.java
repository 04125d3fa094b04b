package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.Work;
import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.eventing.loop.Looping.OverdueWork;
import dev.orderflow.eventing.wire.LogText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Limits the time for decoding or handling one event, so that no event occupies its consumer forever.
 * <p>
 * A step that exceeds the limit is interrupted. Most blocking operations react with an exception, which counts as a failure of
 * that event. A step that does not react, such as an endless loop, cannot be ended within this process. It is noted in the
 * database through another connection, and {@link #overdue} reports it until the process is restarted. The next process finds the
 * note and makes the event a dead letter instead of handling it. Meanwhile the database ends the open transaction
 * ({@link dev.orderflow.eventing.inbox.Inbox}).
 * <p>
 * The result of a step that ends late counts: a note binds only processes other than its author. The note is removed at the
 * latest with the decision about the event.
 */
class HandlingWatch implements OverdueWork, Work, Looping, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(HandlingWatch.class);
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK_INTO_DATABASE = Duration.ofSeconds(10);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final Overruns overruns;
    private final Duration limit;
    private final Duration grace;
    private final Duration pause;
    private final Loop loop = Loop.onPlatformThread("handling-watch");
    private final Set<WatchedStep> steps = ConcurrentHashMap.newKeySet();
    /** Events that other processes have noted, as of the last query. */
    private final Set<UUID> unfinished = ConcurrentHashMap.newKeySet();

    /** Events that this process has noted, whether their handling has ended meanwhile or not. */
    private final Set<UUID> noted = ConcurrentHashMap.newKeySet();

    private final Queue<UUID> recovered = new ConcurrentLinkedQueue<>();
    private long lookedAt;

    /** @param limit for one event */
    HandlingWatch(Overruns overruns, Duration limit) {
        this.overruns = overruns;
        this.limit = limit;
        this.grace = limit.compareTo(LONGEST_GRACE) < 0 ? limit : LONGEST_GRACE;
        this.pause = limit.dividedBy(4).compareTo(LONGEST_PAUSE) < 0 ? limit.dividedBy(4) : LONGEST_PAUSE;
    }

    /** Creates a step for the work of one thread. */
    WatchedStep step() {
        var step = new WatchedStep(limit, steps::remove, recovered::add);
        steps.add(step);
        return step;
    }

    /** Returns whether another process did not finish the event: its handling still runs, or ended with the process. */
    boolean isUnfinished(UUID event) {
        return !unfinished.isEmpty() && unfinished.contains(event) && isStillNoted(event);
    }

    /** Removes the notes of {@code events}, in the transaction that decides about them. */
    <E> void forget(Collection<E> events, Function<E, UUID> id) {
        if (unfinished.isEmpty() && noted.isEmpty()) {
            return;
        }
        var known = events.stream()
                .map(id)
                .filter(event -> unfinished.contains(event) || noted.contains(event))
                .toList();
        if (!known.isEmpty()) {
            overruns.remove(known);
        }
    }

    /** Completes {@link #forget} after the commit. */
    void forgotten(UUID event) {
        unfinished.remove(event);
    }

    /** Returns the handlers that could not be ended, and the time by which each exceeds its limit. */
    @Override
    public Map<String, Duration> overdue() {
        var overdue = new HashMap<String, Duration>();
        steps.stream()
                .map(WatchedStep::overdue)
                .filter(Objects::nonNull)
                .forEach(step -> overdue.merge(
                        step.handler(), step.by(), (one, other) -> one.compareTo(other) < 0 ? other : one));
        return overdue;
    }

    /** Starts the watch. Loads the notes of earlier processes first, if the database answers. */
    @Override
    public synchronized void start() {
        if (!loop.isRunning()) {
            look();
            loop.start(this);
        }
    }

    @Override
    public synchronized void stop() {
        loop.end(LONGEST_END, LONGEST_END);
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    /** Starts before the consumers, and stops after them. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    @Override
    public Collection<Loop> loops() {
        return List.of(loop);
    }

    @Override
    public Duration round() {
        look(System.nanoTime());
        return pause;
    }

    /** Continues after any failure, because no other component detects a stuck step. */
    @Override
    public Duration failed(Throwable e) {
        LOG.warn("watch=failed", e);
        return pause;
    }

    private void look(long now) {
        for (var step : steps) {
            if (step.interruptIfLate()) {
                LOG.warn("handling=interrupted {}", step.describe());
            } else if (step.overrunIfLate(grace)) {
                LOG.error("handling=stuck {} action=\"restart this process\"", step.describe());
            }
        }
        noteOverruns();
        removeRecovered();
        if (now - lookedAt > LOOK_INTO_DATABASE.toNanos()) {
            look();
        }
    }

    /** Notes overrun steps in the database. Repeats until it succeeds, because the step may wait for the same database. */
    private void noteOverruns() {
        for (var step : steps) {
            var overdue = step.overdue();
            if (overdue != null && overdue.event() != null && noted.add(overdue.event())) {
                note(overdue.event(), overdue.handler());
            }
        }
    }

    private void note(UUID event, String handler) {
        try {
            overruns.add(event, handler);
        } catch (RuntimeException e) {
            noted.remove(event);
            throw e;
        }
    }

    /** Removes the notes of steps that ended late. This process no longer has their events, or will handle them again. */
    private void removeRecovered() {
        var ended = new ArrayList<>(recovered);
        if (!ended.isEmpty()) {
            overruns.remove(ended);
            ended.forEach(noted::remove);
            recovered.removeAll(ended);
        }
    }

    /**
     * Queries the note again, as another process may have removed it. If the query fails, making the event a dead letter would
     * fail too.
     */
    private boolean isStillNoted(UUID event) {
        try {
            if (overruns.contains(event)) {
                return true;
            }
            unfinished.remove(event);
            return false;
        } catch (RuntimeException e) {
            LOG.warn("overruns=unknown id={} cause={}", event, LogText.of(e));
            return true;
        }
    }

    private void look() {
        try {
            var others = overruns.all();
            others.removeAll(noted);
            unfinished.addAll(others);
            unfinished.retainAll(others);
        } catch (RuntimeException e) {
            LOG.warn("overruns=unknown cause={}", LogText.of(e));
        }
        lookedAt = System.nanoTime();
    }
}
