package dev.orderflow.eventing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Applies the inbox to a Spring Kafka listener: a record that its consumer group has handled before is skipped.
 * Annotates a {@code @KafkaListener} method, or a class for all its listeners, inherited ones included. Listeners of share
 * consumers cannot be idempotent: the application does not start.
 * <p>
 * The listener runs inside a transaction that also remembers the record, of the starter's transaction manager (by
 * default the primary one). Its writes to that database, and its events published by {@link EventPublisher}, therefore
 * take effect once. Effects elsewhere, or in a separate transaction ({@code REQUIRES_NEW}, another transaction manager,
 * another thread), may be repeated.
 * <p>
 * A record is identified by its CloudEvents {@code ce_id}, together with its {@code ce_source} unless the id is a UUIDv7.
 * A record without an id is identified by its topic, partition and offset, which recognizes a redelivery, but not a
 * record that its producer has sent twice.
 * <p>
 * A listener keeps no order across retries: later records of a key overtake a record that the container's error handler
 * skips or moves to a retry topic. {@link EventHandler} holds them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {}
