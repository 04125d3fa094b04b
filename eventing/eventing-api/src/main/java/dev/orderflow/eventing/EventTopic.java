package dev.orderflow.eventing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the Kafka topic that carries all events of a sealed interface. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventTopic {

    /** The topic's name. */
    String value();

    /**
     * The only service that may publish on this topic, as in {@link EventMetadata#source()}. Publishing from another
     * service throws an exception. A consumed record with another source becomes a dead letter without reaching a
     * handler. Empty if every service may publish.
     */
    String owner() default "";
}
