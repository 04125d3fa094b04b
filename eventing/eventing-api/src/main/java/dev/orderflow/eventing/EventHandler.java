package dev.orderflow.eventing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a Spring bean that consumes events of one type, exactly once each and in order per key.
 * <p>
 * The first parameter is an event record, or a sealed interface of events to consume all that it permits; an {@link
 * EventMetadata} may follow. A method that returns nothing runs inside the transaction that also remembers the event:
 * write to the database and publish, but call nothing outside. A method that returns {@link AfterCall} runs outside any
 * transaction, concurrently with other keys, and may be repeated after a crash or failure: what it calls must be
 * idempotent.
 * <p>
 * An exception rolls back and the event is tried again, with growing delays, before any later event of its key. After the last
 * attempt, or at once when the exception is {@link NotRetryable}, it is a dead letter.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EventHandler {

    /**
     * Name of the Resilience4j circuit breaker, bulkhead and time limiter around each call of a method that returns
     * {@link AfterCall}, configured under {@code resilience4j.*.instances}. While the circuit is open, consumption
     * pauses. Empty: no guard.
     */
    String guard() default "";

    /** Treatment of later events of the same key on the same topic when an event is dead. */
    WhenExhausted whenExhausted() default WhenExhausted.HOLD;
}
