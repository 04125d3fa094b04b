package dev.orderflow.eventing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a Spring Kafka listener the inbox: a record that its consumer group has handled before is skipped. Stands beside
 * {@code @KafkaListener} on a method, or on a class for all its listeners, inherited ones too. Listeners of share consumers cannot be
 * idempotent: the application does not start.
 * <p>
 * The listener runs inside a transaction of the starter's transaction manager, by default the primary one, that also remembers the record. What it writes to
 * that database, or publishes by {@link EventPublisher}, therefore takes effect once. Effects elsewhere, and in a transaction of its
 * own ({@code REQUIRES_NEW}, another transaction manager, another thread), may happen again.
 * <p>
 * A record is known by its CloudEvents {@code ce_id}; one without is known by its topic, partition and offset, which recognizes a
 * redelivery but not a record that its producer has sent twice.
 * <p>
 * A listener keeps no order across retries: what the container's error handler gives up or moves to a retry topic is overtaken by
 * later records of its key. {@link EventHandler} holds them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {}
