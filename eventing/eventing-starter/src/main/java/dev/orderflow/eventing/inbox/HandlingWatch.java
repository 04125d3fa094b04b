package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.eventing.loop.OverdueWork;
import dev.orderflow.eventing.loop.Work;
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
 */
public class HandlingWatch implements OverdueWork, Work, Looping, SmartLifecycle {

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
    private final Set<UUID> unfinished = ConcurrentHashMap.newKeySet();
    private final Queue<UUID> recovered = new ConcurrentLinkedQueue<>();
    private long lookedAt;

    /** @param limit for one event */
    public HandlingWatch(Overruns overruns, Duration limit) {
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

    /** Whether the event's handling did not end before, here or in a process that had to be ended because of that. */
    boolean isUnfinished(UUID event) {
        return !unfinished.isEmpty() && unfinished.contains(event);
    }

    /** Lets those of {@code events} be handled again that are known as unfinished, in the transaction that buries them. */
    void forget(List<UUID> events) {
        var known = events.stream().filter(this::isUnfinished).toList();
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
            if (overdue != null && overdue.event() != null && !unfinished.contains(overdue.event())) {
                overruns.add(overdue.event(), overdue.handler());
                unfinished.add(overdue.event());
            }
        }
    }

    private void removeRecovered() {
        var ended = new ArrayList<>(recovered);
        if (!ended.isEmpty()) {
            overruns.remove(ended);
            ended.forEach(unfinished::remove);
            recovered.removeAll(ended);
        }
    }

    private void look() {
        try {
            var noted = overruns.all();
            unfinished.addAll(noted);
            unfinished.retainAll(noted);
        } catch (RuntimeException e) {
            LOG.warn("overruns=unknown cause={}", LogText.of(e));
        }
        lookedAt = System.nanoTime();
    }
}
