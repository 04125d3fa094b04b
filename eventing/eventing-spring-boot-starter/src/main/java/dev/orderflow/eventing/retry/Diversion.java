package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.outbox.RecordForwarder;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import dev.orderflow.eventing.wire.ReversibleSynchronization;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Moves failed events, and the later events of their streams, to a retry topic, to the dead letters, or into the database behind
 * a dead letter.
 * <p>
 * All changes join the transaction of the batch. Records are sent through the outbox, so sending them also joins it. A crash
 * therefore never leaves an event in two places or in none.
 */
public class Diversion implements Requeue {

    /**
     * Limits how old an attempt may be that is removed after an outage. With the default retry delays, no event exhausts its
     * retries within this time.
     */
    private static final Duration OUTAGE_NOTICED_WITHIN = Duration.ofMinutes(1);

    /**
     * Maximum number of events of a stream that one release moves from the database to a retry topic. The last one releases the
     * next events.
     */
    private static final int RELEASED_AT_ONCE = 100;

    /** Maximum bytes of content that one transaction releases, over all streams. A larger first event is released alone. */
    private static final long RELEASED_BYTES = 8L << 20;

    private final KeyHolds holds;
    private final HoldContents contents;
    private final RetryPolicy policy;
    private final RetryTopics topics;
    private final RecordForwarder forwarder;
    private final DeadLetterBook deadLetters;
    private final Clock clock;
    private final AtomicBoolean leftBehind = new AtomicBoolean();

    public Diversion(
            JdbcClient jdbc,
            RetryPolicy policy,
            RetryTopics topics,
            RecordForwarder forwarder,
            DeadLetterBook deadLetters,
            Clock clock) {
        this.holds = new KeyHolds(jdbc, topics.group());
        this.contents = new HoldContents(jdbc, topics.group());
        this.policy = policy;
        this.topics = topics;
        this.forwarder = forwarder;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /**
     * Returns the unresolved events of the streams of {@code events}, locked until the current transaction ends.
     * <p>
     * Call this in a separate statement, after the first-time events were inserted into the inbox. Another instance that diverts one of
     * these events has inserted it there before. Only a statement that starts after waiting for that insert is sure to see the
     * diversion.
     */
    public KeyQueues lock(Collection<ConsumedRecord> events) {
        var again = again(events);
        if (again.isEmpty() && !holds.isAny()) {
            return nothing();
        }
        var streams = streamsOf(events);
        return queues(streams.size(), holds.lock(streams), holds.lockOwn(again));
    }

    /** Returns the unresolved events of the streams of {@code events} without locking them. */
    public KeyQueues look(Collection<ConsumedRecord> events) {
        var again = again(events);
        if (again.isEmpty() && !holds.isAny()) {
            return nothing();
        }
        var streams = streamsOf(events);
        return queues(streams.size(), holds.look(streams), holds.lookOwn(again));
    }

    /** Writes the decisions on {@link #lock locked} queues, in the current transaction. */
    public void write(KeyQueues decided) {
        holds.save(decided.placed());
        holds.delete(decided.removed());
        decided.placed().forEach(this::forward);
        bury(decided.dead());
        if (!decided.effective().isEmpty()) {
            deadLetters.tookEffect(decided.effective());
        }
        release(decided.advanced());
    }

    /**
     * Removes the attempts that failed under a guard shortly before its circuit opened, since the events did not cause these failures.
     * The caller must not hold the lock of a stream.
     *
     * @return the number of events with attempts removed
     */
    public int takeBackAttempts(String guard) {
        return holds.takeBack(guard, clock.instant().minus(OUTAGE_NOTICED_WITHIN));
    }

    @Override
    public boolean again(SourceRecord source, boolean holdsKey) {
        // The stream of its row, not of its record, because the handler's policy may have changed since the event died.
        var stream = holds.streamOf(source.id()).orElseGet(source::aside);
        holds.lock(List.of(stream));
        var own = holds.lockOwn(List.of(source.id())).stream().findFirst();
        if (own.isEmpty() && holdsKey || own.isPresent() && own.get().state() != HoldState.DEAD) {
            return false;
        }
        var before = own.orElseGet(() -> Hold.first(new ConsumedRecord(source, stream, 0), 0));
        place(List.of(new KeyQueues.Placed(before.put(HoldState.RETRYING, 1, clock.instant(), List.of()), source)));
        return true;
    }

    @Override
    public int giveUp(Collection<UUID> eventIds) {
        var streams = holds.lookOwn(eventIds).stream().map(Hold::stream).collect(Collectors.toSet());
        if (streams.isEmpty()) {
            return 0;
        }
        holds.lock(streams);
        var waiting = holds.behind(eventIds);
        holds.delete(eventIds);
        release(streams);
        return waiting;
    }

    /** Writes events at their new places. Their streams must be locked. */
    void place(List<KeyQueues.Placed> placed) {
        holds.save(placed);
        placed.forEach(this::forward);
    }

    /** Makes events dead letters. */
    void bury(List<DeadEvent> dead) {
        if (dead.isEmpty()) {
            return;
        }
        deadLetters.died(dead);
        dead.forEach(event -> forwarder.forward(
                topics.deadLetters(),
                event.source().stream().key(),
                event.source().type(),
                DeadHeaders.of(event),
                event.source().payload()));
    }

    /** Returns whether a release left events behind because they exceeded the byte limit. Resets the flag. */
    boolean hasLeftBehind() {
        return leftBehind.getAndSet(false);
    }

    private static Set<EventStream> streamsOf(Collection<ConsumedRecord> events) {
        return events.stream().map(ConsumedRecord::stream).collect(Collectors.toSet());
    }

    /** Returns the ids of the events from retry topics. They may be beyond the part of their stream that is read. */
    private static List<UUID> again(Collection<ConsumedRecord> events) {
        return events.stream()
                .filter(event -> event.hop() > 0)
                .map(event -> event.source().id())
                .toList();
    }

    private KeyQueues nothing() {
        return queues(0, new HashMap<>(), List.of());
    }

    /** Builds the queues. If a stream exceeds the read limit, only the batch's own events are known beyond it. */
    private KeyQueues queues(int streams, Map<EventStream, TreeMap<Long, Hold>> queues, List<Hold> own) {
        var horizons = new HashMap<EventStream, Long>();
        var look = KeyHolds.lookInto(streams);
        queues.forEach((stream, queue) -> {
            if (queue.size() >= look) {
                horizons.put(stream, queue.lastKey());
            }
        });
        own.forEach(hold ->
                queues.computeIfAbsent(hold.stream(), stream -> new TreeMap<>()).put(hold.position(), hold));
        return new KeyQueues(queues, horizons, policy, clock.instant());
    }

    private void forward(KeyQueues.Placed placed) {
        var hold = placed.hold();
        if (hold.state().isOnTopic()) {
            var message = new RetryRecord(placed.source(), hold.stream().key(), hold.hop(), hold.due());
            forwarder.forward(
                    topics.level(hold.level()),
                    message.streamKey(),
                    hold.type(),
                    message.headers(),
                    placed.source().payload());
        }
    }

    /**
     * Releases events that wait in the database and are next in their streams, up to a limit of bytes. Reads the streams again,
     * since an event may have been placed there while this transaction waited for its locks. {@link HoldRecovery} releases
     * streams that this method leaves behind.
     *
     * @return the number of released events
     */
    int release(Collection<EventStream> streams) {
        if (streams.isEmpty()) {
            return 0;
        }
        var waiting = holds.lock(streams).values().stream()
                .map(Diversion::nextWaiting)
                .filter(queue -> !queue.isEmpty())
                .toList();
        if (waiting.isEmpty()) {
            return 0;
        }
        var released = contents.fitting(turnByTurn(waiting), RELEASED_BYTES);
        if (released.size() < waiting.size()) {
            afterCommit(() -> leftBehind.set(true));
        }
        var content = contents.of(released);
        var now = clock.instant();
        place(released.stream()
                .map(hold -> new KeyQueues.Placed(
                        hold.put(HoldState.HELD, 1, now, hold.attempts()),
                        content.getOrDefault(hold.eventId(), HoldContents.without(hold))))
                .toList());
        return released.size();
    }

    private static List<Hold> nextWaiting(TreeMap<Long, Hold> queue) {
        return queue.values().stream()
                .takeWhile(hold -> hold.state() == HoldState.PARKED)
                .limit(RELEASED_AT_ONCE)
                .toList();
    }

    /** Returns the first event of each stream, then the second of each, so that a long stream does not starve the others. */
    private static List<Hold> turnByTurn(List<List<Hold>> queues) {
        var turns = new ArrayList<Hold>();
        for (var turn = 0; turn < RELEASED_AT_ONCE; turn++) {
            for (var queue : queues) {
                if (turn < queue.size()) {
                    turns.add(queue.get(turn));
                }
            }
        }
        return turns;
    }

    private static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new ReversibleSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }

            @Override
            public void savepoint(Object savepoint) {
                // Only handlers set savepoints, and all handlers have ended before a release.
            }

            @Override
            public void savepointRollback(Object savepoint) {
                // See savepoint.
            }
        });
    }
}
