package dev.orderflow.eventing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a Spring bean that consumes events of one type, exactly once each and in order per key.
 * <p>
 * The first parameter is an event record, or a sealed interface to consume all events that it permits. An {@link
 * EventMetadata} may follow. A {@code void} method runs inside the inbox transaction, which also remembers the event:
 * it may write to the database and publish, but must not make outbound calls. A method that returns {@link AfterCall}
 * runs outside any transaction, concurrently with other keys, and may be repeated after a crash or failure: its calls
 * must be idempotent.
 * <p>
 * An exception rolls the event's changes back. The event is retried with growing delays, before any later event of its
 * key. It becomes a dead letter after the last attempt, or at once if the exception is {@link NotRetryable}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EventHandler {

    /**
     * Names of the Resilience4j circuit breakers, bulkheads and time limiters around each call of a method that returns
     * {@link AfterCall}, configured under {@code resilience4j.*.instances}; the first is the outermost. While a circuit is
     * open, consumption pauses. A method that calls several dependencies has a guard for each, whose circuit breaker records
     * the exceptions of that dependency only.
     */
    String[] guard() default {};

    /** Treatment of later events of the same key on the same topic after an event has become a dead letter. */
    WhenExhausted whenExhausted() default WhenExhausted.HOLD;

    /**
     * Calls the method also for an event whose deadline has passed. By default such an event is consumed without being handled,
     * since its effect would come too late. The calls of such a method are not limited by the deadline, because some may be of
     * use later: it limits the others by {@link EventContext#remaining}.
     */
    boolean handleExpired() default false;
}
