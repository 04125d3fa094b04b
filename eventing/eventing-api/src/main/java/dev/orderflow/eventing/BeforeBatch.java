package dev.orderflow.eventing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method with one parameter {@code List<E>}, {@code E} an event record or a sealed interface of events, that is
 * called inside each inbox transaction before its handlers, with those events of the batch that are an {@code E}.
 * Not called when there are none. Meant for what is cheaper or safer for a whole batch than for each event: loading all
 * entities with one query, locking rows in a fixed order so that two instances cannot deadlock.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BeforeBatch {}
