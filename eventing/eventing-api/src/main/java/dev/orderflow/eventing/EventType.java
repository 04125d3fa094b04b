package dev.orderflow.eventing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names an event record on the wire. The Java class may be renamed; this name may not. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {

    /** Domain, fact and major version, such as {@code dev.orderflow.order.placed.v1}. */
    String value();

    /**
     * The business purpose, such as {@code order_placement}. If empty, the purpose of the event that caused this one,
     * if any.
     */
    String intent() default "";
}
