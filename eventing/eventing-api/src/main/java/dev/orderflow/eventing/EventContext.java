package dev.orderflow.eventing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that published events inherit from their cause: the event being handled, or the request being answered.
 * <p>
 * A context belongs to one thread, between {@link #open()} and the end of its scope. Code that continues on another
 * thread opens the context there again.
 *
 * @param correlationId id of the whole flow; null to begin a flow, whose id is the first event's key
 * @param causationId   id of the event or request that causes the published events; null if none is known
 * @param intent        business purpose; an event type's own intent takes precedence
 * @param tenantId      tenant on whose behalf the flow runs
 * @param priority      urgency of the flow
 * @param deadline      instant after which the flow's result is worthless; null for none
 * @param traceparent   W3C trace context of the cause
 * @param tracestate    vendor-specific part of the W3C trace context
 */
public record EventContext(
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable String intent,
        @Nullable String tenantId,
        EventPriority priority,
        @Nullable Instant deadline,
        @Nullable String traceparent,
        @Nullable String tracestate) {

    private static final EventContext NONE =
            new EventContext(null, null, null, null, EventPriority.NORMAL, null, null, null);

    /** A shorter limit would only waste the call. */
    private static final Duration SHORTEST_CALL = Duration.ofMillis(100);

    private static final ThreadLocal<@Nullable EventContext> CURRENT = new ThreadLocal<>();

    /** Ends the context of a thread. Must be closed by the thread that opened it, in reverse order of opening. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    /** Returns a context without attributes. */
    public static EventContext none() {
        return NONE;
    }

    /** Returns this thread's context; one without attributes if none is open. */
    public static EventContext current() {
        var current = CURRENT.get();
        return current == null ? NONE : current;
    }

    /** Returns whether the deadline has passed. */
    public boolean isExpired(Clock clock) {
        return deadline != null && !clock.instant().isBefore(deadline);
    }

    /**
     * Returns the time limit of a call on behalf of this flow: the time until the deadline, but at least 100 ms. Empty without
     * a deadline.
     */
    public Optional<Duration> remaining(Clock clock) {
        if (deadline == null) {
            return Optional.empty();
        }
        var left = Duration.between(clock.instant(), deadline);
        return Optional.of(left.compareTo(SHORTEST_CALL) < 0 ? SHORTEST_CALL : left);
    }

    /** Returns this context for events that are worthless after {@code end}, or after the deadline if that is earlier. */
    public EventContext until(Instant end) {
        var earlier = deadline != null && deadline.isBefore(end) ? deadline : end;
        return new EventContext(
                correlationId, causationId, intent, tenantId, priority, earlier, traceparent, tracestate);
    }

    /** Returns this context for events that matter however late they are. */
    public EventContext withoutDeadline() {
        return new EventContext(correlationId, causationId, intent, tenantId, priority, null, traceparent, tracestate);
    }

    /** Returns this context for events of {@code tenant}; null for none. */
    public EventContext inTenant(@Nullable String tenant) {
        return new EventContext(
                correlationId, causationId, intent, tenant, priority, deadline, traceparent, tracestate);
    }

    /** Makes this the thread's context. Closing the scope restores the previous one. */
    public Scope open() {
        var outer = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        };
    }
}
