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
     * The only service that may publish on this topic, as its events name it in {@link EventMetadata#source()}. Any other that tries
     * to gets an exception, and a consumer gives up a record of any other source at once, without asking a handler. Empty: everybody may.
     */
    String owner() default "";
}
