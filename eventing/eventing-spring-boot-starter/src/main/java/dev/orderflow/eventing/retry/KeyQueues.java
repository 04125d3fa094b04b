package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.NotRetryable;
import dev.orderflow.eventing.WhenExhausted;
import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import jakarta.validation.ConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The unresolved events of the streams of one batch, and the batch's decisions about them.
 * <p>
 * This class decides; {@link Diversion} writes the decisions in the batch's transaction. Events must be reported in their order:
 * whether an event is next depends on the outcome of earlier events, including events of this batch. Not thread-safe.
 */
public final class KeyQueues {

    /** Delay of a follower that overtook its predecessor, whose record has not arrived yet. */
    private static final Duration FOLLOWING = Duration.ofMillis(200);

    /** Maximum delay of a follower while its predecessor does not move. */
    private static final Duration LONGEST_FOLLOWING = Duration.ofSeconds(30);

    private final Map<EventStream, TreeMap<Long, Hold>> locked;
    private final Map<EventStream, Long> horizons;
    private final Map<EventStream, TreeMap<Long, Hold>> queues = new HashMap<>();
    private final RetryPolicy policy;
    private final Instant now;

    private final Map<UUID, Placed> placed = new LinkedHashMap<>();
    private final Set<UUID> removed = new HashSet<>();
    private final Set<UUID> effective = new HashSet<>();
    private final Set<EventStream> advanced = new HashSet<>();
    private final List<DeadEvent> dead = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();

    /** An event at its new place. */
    record Placed(Hold hold, SourceRecord source) {}

    /** @param horizons per stream that was not read to its end, the last position up to which its queue is complete */
    KeyQueues(
            Map<EventStream, TreeMap<Long, Hold>> locked,
            Map<EventStream, Long> horizons,
            RetryPolicy policy,
            Instant now) {
        this.locked = locked;
        this.horizons = horizons;
        locked.forEach((stream, queue) -> queues.put(stream, new TreeMap<>(queue)));
        this.policy = policy;
        this.now = now;
    }

    /** Returns the same queues without any decision. */
    public KeyQueues undecided() {
        return new KeyQueues(locked, horizons, policy, now);
    }

    /** Returns whether the record is the current one of its event, and not an outdated copy. */
    public boolean isCurrent(ConsumedRecord event) {
        return queue(event).values().stream()
                .anyMatch(hold -> hold.eventId().equals(event.source().id()) && hold.hop() == event.hop());
    }

    /** Returns whether all earlier events of its stream are resolved. An event beyond the horizon is never next. */
    public boolean isTurnOf(ConsumedRecord event) {
        if (!queues.containsKey(event.stream())) {
            return true;
        }
        if (own(event).position() > horizons.getOrDefault(event.stream(), Long.MAX_VALUE)) {
            return false;
        }
        return queue(event).isEmpty() || ahead(event).isEmpty();
    }

    /** Records that the event takes effect in this batch. */
    public void tookEffect(ConsumedRecord event) {
        if (remove(event)) {
            effective.add(event.source().id());
        }
    }

    /** Places an event that is not next, or that has to return, where the oldest event of its stream waits. */
    public void follow(ConsumedRecord event) {
        var ahead = ahead(event);
        var own = own(event);
        if (ahead.stream().anyMatch(hold -> !hold.state().isOnTopic())) {
            put(event, own.put(HoldState.PARKED, 0, now, own.attempts()));
        } else if (ahead.isEmpty()) {
            put(event, own.put(own.state(), Math.max(1, own.level()), now, own.attempts()));
        } else {
            var oldest = ahead.iterator().next();
            put(event, own.put(HoldState.HELD, oldest.level(), dueBehind(oldest), own.attempts()));
        }
        moves.add(new Move.Held(event.source()));
    }

    /** Records a failed attempt. Schedules the next attempt or makes the event a dead letter. */
    public void fail(ConsumedRecord event, Failure failure) {
        var own = own(event);
        var attempts = new ArrayList<>(own.attempts());
        attempts.add(Attempt.failed(now, own.level(), failure));
        var delay = policy.delayAfter(failure.cause(), attempts.size(), failure.handler());
        if (delay.isPresent()) {
            var level = attempts.size();
            put(event, own.put(HoldState.RETRYING, level, now.plusMillis(delay.getAsLong()), attempts));
            moves.add(new Move.Retried(event.source(), failure.handler(), level, rootOf(failure)));
        } else {
            die(event, own, failure, attempts);
        }
    }

    /** Returns the decisions about events that did not take effect. */
    public List<Move> moves() {
        return List.copyOf(moves);
    }

    private void die(ConsumedRecord event, Hold own, Failure failure, List<Attempt> attempts) {
        var holds = failure.whenExhausted() == WhenExhausted.HOLD;
        if (holds) {
            put(event, own.put(HoldState.DEAD, 0, now, attempts));
        } else {
            remove(event);
        }
        dead.add(new DeadEvent(event.source(), failure.handler(), holds, failure.cause(), List.copyOf(attempts)));
        moves.add(
                new Move.Died(event.source(), failure.handler(), failure.cause().getClass(), rootOf(failure)));
    }

    private static String rootOf(Failure failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure.cause()).toString();
    }

    /**
     * Returns the due time of an event behind {@code oldest}. A predecessor that moved in this batch is also ahead on the same
     * topic. A predecessor that is overdue is polled with increasing delays: each delay equals the time it has been overdue.
     */
    private Instant dueBehind(Hold oldest) {
        if (placed.containsKey(oldest.eventId()) || oldest.due().isAfter(now.plus(FOLLOWING))) {
            return oldest.due();
        }
        var overdue = Duration.between(oldest.due(), now);
        return now.plus(longer(FOLLOWING, shorter(overdue, LONGEST_FOLLOWING)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private Collection<Hold> ahead(ConsumedRecord event) {
        return queue(event).headMap(own(event).position()).values();
    }

    private Hold own(ConsumedRecord event) {
        var queue = queue(event);
        return queue.values().stream()
                .filter(hold -> hold.eventId().equals(event.source().id()))
                .findFirst()
                .orElseGet(() -> Hold.first(event, queue.isEmpty() ? 0 : queue.lastKey() + 1));
    }

    private TreeMap<Long, Hold> queue(ConsumedRecord event) {
        return queues.computeIfAbsent(event.stream(), stream -> new TreeMap<>());
    }

    private void put(ConsumedRecord event, Hold hold) {
        queue(event).put(hold.position(), hold);
        placed.put(hold.eventId(), new Placed(hold, event.source()));
    }

    private boolean remove(ConsumedRecord event) {
        var queue = queues.get(event.stream());
        var removedFromQueue =
                queue != null && !queue.isEmpty() && queue.remove(own(event).position()) != null;
        if (removedFromQueue) {
            removed.add(event.source().id());
            advanced.add(event.stream());
        }
        return removedFromQueue;
    }

    List<Placed> placed() {
        return List.copyOf(placed.values());
    }

    /** Returns the events that are now resolved. */
    Set<UUID> removed() {
        return removed;
    }

    Set<UUID> effective() {
        return effective;
    }

    /** Returns the streams in which the next event may have changed. */
    Set<EventStream> advanced() {
        return advanced;
    }

    List<DeadEvent> dead() {
        return dead;
    }

    /** A decision about an event that could not take effect, reported after the commit. */
    public sealed interface Move {

        /** The event. */
        SourceRecord source();

        /** The event's type. */
        default String type() {
            return source().type();
        }

        /**
         * Sends the event to a retry topic for another attempt.
         *
         * @param handler null if the record could not be decoded far enough to determine it
         * @param cause   the root cause, for the log
         */
        record Retried(SourceRecord source, @Nullable String handler, int level, String cause) implements Move {}

        /** Places the event behind an earlier event of its stream. */
        record Held(SourceRecord source) implements Move {}

        /**
         * Makes the event a dead letter.
         *
         * @param handler   null if the record could not be decoded far enough to determine it
         * @param exception class of the failure
         * @param cause     the root cause, for the log
         */
        record Died(SourceRecord source, @Nullable String handler, Class<? extends Throwable> exception, String cause)
                implements Move {}
    }

    /**
     * A failure to handle an event.
     *
     * @param handler null if the record could not be decoded far enough to determine it
     * @param guard   names of the guards of the call that failed, separated by commas; null if no guarded call failed
     */
    public record Failure(
            Throwable cause,
            @Nullable String handler,
            WhenExhausted whenExhausted,
            @Nullable String guard) {

        /** Returns whether the event is at fault, whatever the configuration of retries: no attempt could succeed. */
        public static boolean isAlwaysPermanent(Throwable cause) {
            return isAny(
                    cause,
                    exception -> ConstraintViolationException.class.isAssignableFrom(exception)
                            || AnnotatedElementUtils.hasAnnotation(exception, NotRetryable.class));
        }

        /** Returns whether the class of the failure, or of one of its causes, is {@code wanted}. */
        static boolean isAny(Throwable failure, Predicate<Class<?>> wanted) {
            for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (wanted.test(cause.getClass())) {
                    return true;
                }
            }
            return false;
        }
    }
}
