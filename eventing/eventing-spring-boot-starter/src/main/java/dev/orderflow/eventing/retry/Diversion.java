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
 * Takes events that failed, and those behind them, out of the way: to a retry topic, to the dead letters, or into the
 * database behind a dead letter.
 * <p>
 * All of it happens in the transaction of the batch, the sending included, which goes through the outbox. So an event is never
 * in two places or in none, whenever the process dies.
 */
public class Diversion implements Requeue {

    /** With the delays of retries by default, an event cannot have died of its guard within this time. */
    private static final Duration OUTAGE_NOTICED_WITHIN = Duration.ofMinutes(1);

    /** So many parked events of a stream follow at once; the last of them lets the next ones follow. */
    private static final int RELEASED_AT_ONCE = 100;

    /** Content that one transaction releases at most, over all streams, unless the first event is larger. */
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
     * The unresolved events of the streams of {@code events}, which nobody else changes before the current transaction ends.
     * <p>
     * Must be called after the events that come for the first time were put into the inbox, by a statement of its own: another
     * instance that takes one of them out of the way has put it there before, so that only a look that begins
     * after waiting for it is sure to see what it did.
     */
    public KeyQueues lock(Collection<Incoming> events) {
        var again = again(events);
        if (again.isEmpty() && !holds.isAny()) {
            return nothing();
        }
        var streams = streamsOf(events);
        return queues(streams.size(), holds.lock(streams), holds.lockOwn(again));
    }

    /** The unresolved events of the streams of {@code events} at this moment. */
    public KeyQueues look(Collection<Incoming> events) {
        var again = again(events);
        if (again.isEmpty() && !holds.isAny()) {
            return nothing();
        }
        var streams = streamsOf(events);
        return queues(streams.size(), holds.look(streams), holds.lookOwn(again));
    }

    /** Makes true what was decided on {@link #lock locked} queues, in the current transaction. */
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
     * Gives back the attempts that failed under a guard while its circuit was about to open: it was not the events' fault.
     * Must be called without holding a stream.
     *
     * @return how many events got attempts back
     */
    public int takeBackAttempts(String guard) {
        return holds.takeBack(guard, clock.instant().minus(OUTAGE_NOTICED_WITHIN));
    }

    @Override
    public boolean again(SourceRecord source, boolean holdsKey) {
        // Where its row is, rather than where it should be: what its handler wants may have changed since it died.
        var stream = holds.streamOf(source.id()).orElseGet(source::aside);
        holds.lock(List.of(stream));
        var own = holds.lockOwn(List.of(source.id())).stream().findFirst();
        if (own.isEmpty() && holdsKey || own.isPresent() && own.get().state() != Hold.State.DEAD) {
            return false;
        }
        var before = own.orElseGet(() -> Hold.first(new Incoming(source, stream, 0), 0));
        place(List.of(new KeyQueues.Placed(before.put(Hold.State.RETRYING, 1, clock.instant(), List.of()), source)));
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

    /** Puts events at their places, whose streams must be locked. */
    void place(List<KeyQueues.Placed> placed) {
        holds.save(placed);
        placed.forEach(this::forward);
    }

    /** Makes dead letters of events. */
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

    /** Whether parked events were left that are to follow, since there were too many bytes of them; asked once, it is false. */
    boolean hasLeftBehind() {
        return leftBehind.getAndSet(false);
    }

    private static Set<EventStream> streamsOf(Collection<Incoming> events) {
        return events.stream().map(Incoming::stream).collect(Collectors.toSet());
    }

    /** Those that may stand too far back in their streams to be found there. */
    private static List<UUID> again(Collection<Incoming> events) {
        return events.stream()
                .filter(event -> event.hop() > 0)
                .map(event -> event.source().id())
                .toList();
    }

    private KeyQueues nothing() {
        return queues(0, new HashMap<>(), List.of());
    }

    /** Of a stream that is longer than was looked, only the batch's own events are known beyond. */
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
     * Lets parked events follow whose turn it is, as many as fit into memory. Looks at the streams anew: one may have been parked
     * while this transaction waited for its locks. Streams of which none fits are left to {@link HoldRecovery}.
     *
     * @return how many follow
     */
    int release(Collection<EventStream> streams) {
        if (streams.isEmpty()) {
            return 0;
        }
        var parked = holds.lock(streams).values().stream()
                .map(Diversion::nextParked)
                .filter(queue -> !queue.isEmpty())
                .toList();
        if (parked.isEmpty()) {
            return 0;
        }
        var released = contents.fitting(turnByTurn(parked), RELEASED_BYTES);
        if (released.size() < parked.size()) {
            afterCommit(() -> leftBehind.set(true));
        }
        var content = contents.of(released);
        var now = clock.instant();
        place(released.stream()
                .map(hold -> new KeyQueues.Placed(
                        hold.put(Hold.State.HELD, 1, now, hold.attempts()),
                        content.getOrDefault(hold.eventId(), HoldContents.without(hold))))
                .toList());
        return released.size();
    }

    private static List<Hold> nextParked(TreeMap<Long, Hold> queue) {
        return queue.values().stream()
                .takeWhile(hold -> hold.state() == Hold.State.PARKED)
                .limit(RELEASED_AT_ONCE)
                .toList();
    }

    /** The first of each stream, then the second of each: so that none is left out as long as others have several. */
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
                // Handlers set savepoints, and they are done before anything is released.
            }

            @Override
            public void savepointRollback(Object savepoint) {
                // See savepoint.
            }
        });
    }
}
