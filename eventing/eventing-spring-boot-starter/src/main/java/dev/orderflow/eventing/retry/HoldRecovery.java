package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Recovers unresolved events whose records on a retry topic do not arrive: the topic was deleted or emptied, its retention was
 * shorter than a delay, or the broker never accepted the record.
 * <p>
 * A lost record cannot be detected with certainty. The recovery therefore sends it again, from the content that is stored with
 * the hold, with the next hop. A late original then counts as a copy. Sending a record again is therefore always safe, but not
 * free. Call all methods that write within their own transaction.
 */
public class HoldRecovery {

    private final KeyHolds holds;
    private final HoldContents contents;
    private final OverdueHolds overdue;
    private final Diversion diversion;
    private final RetryTopics topics;
    private final Clock clock;

    /**
     * @param longestDelay the longest delay of a retry
     * @param after        the time after which a due record counts as lost
     */
    public HoldRecovery(
            JdbcClient jdbc,
            Diversion diversion,
            RetryTopics topics,
            Duration longestDelay,
            Duration after,
            Clock clock) {
        this.holds = new KeyHolds(jdbc, topics.group());
        this.contents = new HoldContents(jdbc, topics.group());
        this.overdue = new OverdueHolds(jdbc, topics.group(), longestDelay, after);
        this.diversion = diversion;
        this.topics = topics;
        this.clock = clock;
    }

    /** The result of a recovery. The names are audited and logged, so they must not change. */
    public enum Recovery {
        /** Its record was sent again. */
        RESENT,
        /** The event waits in the database behind a dead letter. */
        PARKED,
        /** The event is a dead letter, because its record cannot be sent or its content is lost. */
        DEAD,
        /** Unchanged: the event is resolved, was placed elsewhere meanwhile, or waits for an operator or behind another event. */
        UNCHANGED
    }

    /** Returns events whose records are overdue. */
    List<UUID> overdue(int limit) {
        return overdue.find(limit);
    }

    /** Recovers an event if it is still overdue. */
    Recovery recover(UUID eventId) {
        return lock(eventId)
                .filter(locked -> overdue.isOverdue(eventId))
                .map(locked -> overdue.unsent(locked.own(), topics)
                        .map(unsent -> unsent(locked, unsent))
                        .orElseGet(() -> move(locked)))
                .orElse(Recovery.UNCHANGED);
    }

    /** Sends the record of an event again if the event is on a retry topic, overdue or not. */
    public Recovery resend(UUID eventId) {
        return lock(eventId).map(this::move).orElse(Recovery.UNCHANGED);
    }

    /**
     * Gives up an unresolved event in any state. It becomes a dead letter unless it already is one. Later events of its key
     * continue.
     *
     * @return the number of events that wait for it; empty when the event does not exist
     */
    public Optional<Integer> giveUp(UUID eventId, String reason) {
        return lock(eventId).map(locked -> {
            if (locked.own().state() != HoldState.DEAD) {
                bury(locked, LostRecordException.givenUp(reason));
            }
            return diversion.giveUp(List.of(eventId));
        });
    }

    /** Releases events that wait in the database and were left behind. Returns the number of released events. */
    int releaseLeftBehind(int streams) {
        return diversion.release(overdue.leftBehind(streams));
    }

    /** Returns whether a {@linkplain #releaseLeftBehind release} left events behind since the last call. */
    boolean hasLeftBehind() {
        return diversion.hasLeftBehind();
    }

    /** @param ahead the earlier unresolved events of its stream, as far as they were read */
    private record Locked(Hold own, TreeMap<Long, Hold> ahead) {

        private boolean isBehindADeadOne() {
            return ahead.values().stream().anyMatch(hold -> !hold.state().isOnTopic());
        }
    }

    /** Locks an event and its stream. The stream of an event never changes. */
    private Optional<Locked> lock(UUID eventId) {
        return holds.streamOf(eventId).flatMap(stream -> {
            var queue = holds.lock(List.of(stream)).getOrDefault(stream, new TreeMap<>());
            return holds.lockOwn(List.of(eventId)).stream()
                    .findFirst()
                    .map(own -> new Locked(own, new TreeMap<>(queue.headMap(own.position()))));
        });
    }

    private Recovery move(Locked locked) {
        var own = locked.own();
        if (!own.state().isOnTopic()) {
            return Recovery.UNCHANGED;
        }
        var content = contents.of(List.of(own)).get(own.eventId());
        if (content == null) {
            bury(locked, LostRecordException.withoutContent(own));
            return Recovery.DEAD;
        }
        var now = clock.instant();
        if (locked.isBehindADeadOne()) {
            diversion.place(List.of(new KeyQueues.Placed(own.put(HoldState.PARKED, 0, now, own.attempts()), content)));
            return Recovery.PARKED;
        }
        var resends = overdue.resends(own.eventId());
        diversion.place(List.of(
                new KeyQueues.Placed(own.put(own.state(), Math.max(1, own.level()), now, own.attempts()), content)));
        overdue.setResends(own.eventId(), resends + 1);
        return Recovery.RESENT;
    }

    /**
     * Handles a record that is parked in the outbox. The outbox would also park another record of the same key. Later records of
     * that key wait for the outcome of the first.
     */
    private Recovery unsent(Locked locked, OverdueHolds.Unsent unsent) {
        if (locked.isBehindADeadOne()) {
            return move(locked);
        }
        if (unsent.cause() == null && !locked.ahead().isEmpty()) {
            var id = locked.own().eventId();
            overdue.setResends(id, overdue.resends(id) + 1);
            return Recovery.UNCHANGED;
        }
        bury(locked, LostRecordException.unsent(unsent));
        return Recovery.DEAD;
    }

    private void bury(Locked locked, LostRecordException cause) {
        var own = locked.own();
        var content = contents.of(List.of(own)).getOrDefault(own.eventId(), HoldContents.without(own));
        var dead = own.put(HoldState.DEAD, 0, clock.instant(), own.attempts());
        diversion.place(List.of(new KeyQueues.Placed(dead, content)));
        diversion.bury(List.of(new DeadEvent(content, null, true, cause, own.attempts())));
    }
}
