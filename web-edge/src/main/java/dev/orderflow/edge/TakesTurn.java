package dev.orderflow.edge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the {@link Turns} that bound a controller's method. The default is the bean {@value #REQUESTS}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TakesTurn {

    /** Bean that bounds all requests without a specific bound. */
    String REQUESTS = "requestTurns";

    /** The method itself takes turns, for the work before and after a wait. */
    String ITSELF = "";

    /** The name of a bean, or {@link #ITSELF}. */
    String value();
}
