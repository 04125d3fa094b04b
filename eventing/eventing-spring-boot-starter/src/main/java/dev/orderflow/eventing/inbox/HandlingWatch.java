package dev.orderflow.eventing.inbox;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Limits the time that the decoding or handling of one event may take, so that none occupies its consumer for ever.
 * <p>
 * A step that takes longer than the limit is interrupted, which most of what waits reacts to by an exception: a failure of that
 * event. What does not react, such as an endless loop, cannot be ended within this process. It is noted in the database through another
 * connection, and shown by {@link #overdue} until somebody ends the process. The next one finds the note, and sends the event to the
 * dead letters instead of handling it. The transaction that is open meanwhile is ended by the database ({@link Inbox}).
 * <p>
 * What ends after all, however late, is judged by how it ended: a note binds only other processes than the one that made it, and is
 * removed at the latest with what becomes of the event.
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
    /** Of other processes, as the database has told last. */
    private final Set<UUID> unfinished = ConcurrentHashMap.newKeySet();

    /** Of this process, whether their handling has ended meanwhile or not. */
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

    /** For the steps of one thread at a time. */
    WatchedStep step() {
        var step = new WatchedStep(limit, steps::remove, recovered::add);
        steps.add(step);
        return step;
    }

    /** Whether the event's handling has not ended in another process, or had to be ended with it. */
    boolean isUnfinished(UUID event) {
        return !unfinished.isEmpty() && unfinished.contains(event) && isStillNoted(event);
    }

    /** Removes the notes of {@code events}, in the transaction that decides what becomes of them. */
    void forget(Collection<? extends Received> events) {
        if (unfinished.isEmpty() && noted.isEmpty()) {
            return;
        }
        var known = events.stream()
                .map(Received::id)
                .filter(event -> unfinished.contains(event) || noted.contains(event))
                .toList();
        if (!known.isEmpty()) {
            overruns.remove(known);
        }
    }

    /** As {@link #forget}, after the commit. */
    void forgotten(UUID event) {
        unfinished.remove(event);
    }

    /** What could not be ended, by the name of its handler, and for how long it should have ended by now. */
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

    /** Returns when what an earlier process could not finish is known, if the database answers. */
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

    /** Before the consumers start, and after they have stopped. */
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

    /** Whatever happens, it goes on: nothing else notices what is stuck. */
    @Override
    public Duration failed(Throwable e) {
        LOG.warn("watch=failed", e);
        return pause;
    }

    private void look(long now) {
        for (var step : steps) {
            if (step.interruptIfLate()) {
                LOG.warn("handling=interrupted {} limit={}", step.describe(), limit);
            } else if (step.overrunIfLate(grace)) {
                LOG.error("handling=stuck {} limit={} action=\"restart this process\"", step.describe(), limit);
            }
        }
        noteOverruns();
        removeRecovered();
        if (now - lookedAt > LOOK_INTO_DATABASE.toNanos()) {
            look();
        }
    }

    /** Until it has succeeded: the database may be what the step waits for. */
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

    /** Of those whose event is nobody's any more, or waits to be handled again by this process. */
    private void removeRecovered() {
        var ended = new ArrayList<>(recovered);
        if (!ended.isEmpty()) {
            overruns.remove(ended);
            ended.forEach(noted::remove);
            recovered.removeAll(ended);
        }
    }

    /** Once more, as another process may have ended it since. If it cannot be asked, the event cannot be buried either. */
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
