package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.outbox.RecordForwarder;
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
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

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

    /** So many parked events follow at once; the last of them lets the next ones follow. */
    private static final int RELEASED_AT_ONCE = 100;

    private final KeyHolds holds;
    private final RetryPolicy policy;
    private final RetryTopics topics;
    private final RecordForwarder forwarder;
    private final DeadLetterBook deadLetters;
    private final Clock clock;

    public Diversion(
            JdbcClient jdbc,
            RetryPolicy policy,
            RetryTopics topics,
            RecordForwarder forwarder,
            DeadLetterBook deadLetters,
            Clock clock) {
        this.holds = new KeyHolds(jdbc, topics.group());
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
        return again.isEmpty() && !holds.isAny()
                ? nothing()
                : queues(holds.lock(streamsOf(events)), holds.lockOwn(again));
    }

    /** The unresolved events of the streams of {@code events} at this moment. */
    public KeyQueues look(Collection<Incoming> events) {
        var again = again(events);
        return again.isEmpty() && !holds.isAny()
                ? nothing()
                : queues(holds.look(streamsOf(events)), holds.lookOwn(again));
    }

    /** Makes true what was decided on {@link #lock locked} queues, in the current transaction. */
    public void write(KeyQueues decided) {
        holds.save(decided.placed());
        holds.delete(decided.removed());
        decided.placed().forEach(this::forward);
        if (!decided.dead().isEmpty()) {
            deadLetters.died(decided.dead());
            decided.dead()
                    .forEach(event -> forwarder.forward(
                            topics.deadLetters(),
                            event.source().stream().key(),
                            event.source().type(),
                            DeadHeaders.of(event),
                            event.source().payload()));
        }
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
        var placed = new KeyQueues.Placed(before.put(Hold.State.RETRYING, 1, clock.instant(), List.of()), source);
        holds.save(List.of(placed));
        forward(placed);
        return true;
    }

    @Override
    public int giveUp(UUID eventId) {
        var stream = holds.streamOf(eventId);
        if (stream.isEmpty()) {
            return 0;
        }
        var streams = List.of(stream.get());
        holds.lock(streams);
        var waiting = holds.behind(eventId);
        holds.delete(List.of(eventId));
        release(streams);
        return waiting;
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
        return queues(new HashMap<>(), List.of());
    }

    /** Of a stream that is longer than was looked, only the batch's own events are known beyond. */
    private KeyQueues queues(Map<EventStream, TreeMap<Long, Hold>> queues, List<Hold> own) {
        var horizons = new HashMap<EventStream, Long>();
        queues.forEach((stream, queue) -> {
            if (queue.size() >= KeyHolds.LONGEST_LOOK) {
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
     * Lets parked events follow whose turn it is. Looks at the streams anew: one may have been parked while this transaction
     * waited for its locks.
     */
    private void release(Collection<EventStream> streams) {
        if (streams.isEmpty()) {
            return;
        }
        var released = new ArrayList<Hold>();
        holds.lock(streams)
                .values()
                .forEach(queue -> queue.values().stream()
                        .takeWhile(hold -> hold.state() == Hold.State.PARKED)
                        .limit(RELEASED_AT_ONCE)
                        .forEach(released::add));
        if (released.isEmpty()) {
            return;
        }
        var contents = holds.contentOf(released);
        var now = clock.instant();
        var placed = released.stream()
                .map(hold -> new KeyQueues.Placed(
                        hold.put(Hold.State.HELD, 1, now, hold.attempts()), contents.get(hold.eventId())))
                .toList();
        holds.save(placed);
        placed.forEach(this::forward);
    }
}
