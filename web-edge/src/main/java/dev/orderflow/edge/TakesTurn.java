package dev.orderflow.edge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the {@link Turns} that bound a controller's method. Without it, the bean {@value #REQUESTS} does. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TakesTurn {

    /** Bounds all requests that have no bound of their own. */
    String REQUESTS = "requestTurns";

    /** The method answers from memory, or waits and takes turns for what it does before and after. */
    String ITSELF = "";

    /** The name of a bean, or {@link #ITSELF}. */
    String value();
}
