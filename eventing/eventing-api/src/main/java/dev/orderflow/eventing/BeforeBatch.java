package dev.orderflow.eventing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that prepares a batch of events. It has one parameter {@code List<E>}, where {@code E} is an event
 * record or a sealed interface of events. It is called inside each inbox transaction before the handlers, with the
 * batch's events of type {@code E}; not if there are none. Use it for work that is cheaper or safer for a whole batch:
 * loading all entities with one query, or locking rows in a fixed order so that two instances cannot deadlock.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BeforeBatch {}
