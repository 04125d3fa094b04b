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
 * Gets unresolved events moving again whose records on a retry topic do not come back: the topic was deleted or emptied, its
 * retention was shorter than a delay, or the broker never took the record.
 * <p>
 * Nobody can know that a record is lost, so it is sent again from the content that is kept with the hold. It gets the next hop, and
 * a late original is a copy from then on: it may be sent again at any time without harm, only not for nothing. All methods but
 * those that only look must be called within a transaction of their own.
 */
public class HoldRecovery {

    private final KeyHolds holds;
    private final HoldContents contents;
    private final OverdueHolds overdue;
    private final Diversion diversion;
    private final RetryTopics topics;
    private final Clock clock;

    /**
     * @param longestDelay of a retry
     * @param after        so long after it was due a record is taken for lost
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

    /** What was done with an unresolved event. */
    public enum Recovery {
        /** Its record was sent again. */
        RESENT,
        /** It waits in the database behind a dead letter now. */
        PARKED,
        /** It is a dead letter now, as its record cannot be sent, or its content is gone. */
        DEAD,
        /** Nothing: it is resolved, was put elsewhere meanwhile, or waits for an operator or behind another event. */
        UNCHANGED
    }

    /** Events whose records should long have come back. */
    List<UUID> overdue(int limit) {
        return overdue.find(limit);
    }

    /** Gets an overdue event moving again, or does nothing if it isn't overdue any more. */
    Recovery recover(UUID eventId) {
        return lock(eventId)
                .filter(locked -> overdue.isOverdue(eventId))
                .map(locked -> overdue.unsent(locked.own(), topics)
                        .map(unsent -> unsent(locked, unsent))
                        .orElseGet(() -> move(locked)))
                .orElse(Recovery.UNCHANGED);
    }

    /** Sends the record of an event again that is on a retry topic, overdue or not. */
    public Recovery resend(UUID eventId) {
        return lock(eventId).map(this::move).orElse(Recovery.UNCHANGED);
    }

    /**
     * Gives an event up that has had no effect yet, whatever it waits for; it becomes a dead letter, unless it is one. Later events
     * of its key go on.
     *
     * @return how many wait for it; empty when there is no such event
     */
    public Optional<Integer> giveUp(UUID eventId, String reason) {
        return lock(eventId).map(locked -> {
            if (locked.own().state() != Hold.State.DEAD) {
                bury(locked, LostRecordException.givenUp(reason));
            }
            return diversion.giveUp(List.of(eventId));
        });
    }

    /** Lets parked events follow that were left behind. Returns how many do. */
    int releaseLeftBehind(int streams) {
        return diversion.release(overdue.leftBehind(streams));
    }

    /** Whether there is something to {@linkplain #releaseLeftBehind release} since the last time this was asked. */
    boolean hasLeftBehind() {
        return diversion.hasLeftBehind();
    }

    /** @param ahead the unresolved events of its stream before it, as far as they were looked at */
    private record Locked(Hold own, TreeMap<Long, Hold> ahead) {

        private boolean isBehindADeadOne() {
            return ahead.values().stream().anyMatch(hold -> !hold.state().isOnTopic());
        }
    }

    /** Which stream an event is in never changes. */
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
            diversion.place(List.of(new KeyQueues.Placed(own.put(Hold.State.PARKED, 0, now, own.attempts()), content)));
            return Recovery.PARKED;
        }
        var resends = overdue.resends(own.eventId());
        diversion.place(List.of(
                new KeyQueues.Placed(own.put(own.state(), Math.max(1, own.level()), now, own.attempts()), content)));
        overdue.setResends(own.eventId(), resends + 1);
        return Recovery.RESENT;
    }

    /** The outbox would not send another record of the same key either. Those behind it wait for what becomes of the first. */
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
        var dead = own.put(Hold.State.DEAD, 0, clock.instant(), own.attempts());
        diversion.place(List.of(new KeyQueues.Placed(dead, content)));
        diversion.bury(List.of(new DeadEvent(content, null, true, cause, own.attempts())));
    }
}
