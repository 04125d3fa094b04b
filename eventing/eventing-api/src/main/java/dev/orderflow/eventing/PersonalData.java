package dev.orderflow.eventing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that identifies a person, or is about one. A list of all of them is generated from it, so the texts are short
 * phrases for its readers.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface PersonalData {

    /** Purpose for which the data is needed. */
    String value();

    /** Time for which the data is kept, or the setting that decides it. */
    String kept();

    /** Effect of the person's erasure on the data. */
    String erased();
}
