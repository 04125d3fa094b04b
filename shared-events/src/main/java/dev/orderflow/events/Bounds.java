package dev.orderflow.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds of an event's field, which its JSON Schema states. They are part of the contract: once an event is released, a
 * bound may be loosened but never tightened.
 * <p>
 * No Jakarta constraint, of which {@code @Size} counts UTF-16 units: JSON Schema, PostgreSQL and people count an emoji as one
 * character. Nor would consumers ignore Jakarta's: they validate each event whose record has one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Bounds {

    /** The most characters of a customer's id. */
    int CUSTOMER_ID = 100;

    /** The most lines of an order. */
    int LINES = 1000;

    /** The most characters of a product's name. */
    int PRODUCT_NAME = 200;

    /** The most characters of a promotion's name. */
    int PROMOTION_NAME = 100;

    /** The pattern of a coupon, and of the name of an exclusion group. */
    String CODE = "[A-Za-z0-9][A-Za-z0-9_-]{0,39}";

    /** The most characters of the payment provider's name for what it did. */
    int PROVIDER_REFERENCE = 100;

    /** The most characters of a reason that the payment provider gives. */
    int PROVIDER_REASON = 200;

    /** The most characters of the carrier's id of a shipment. */
    int TRACKING_ID = 100;

    /** The pattern of a product's id. */
    String SKU = "[A-Za-z0-9]([A-Za-z0-9 ._-]{0,48}[A-Za-z0-9._-])?";

    /** The least characters of a text, items of a list, or value of an integer. */
    long min() default Long.MIN_VALUE;

    /** The most characters of a text, items of a list, or value of an integer. */
    long max() default Long.MAX_VALUE;

    /** A regular expression for the whole text, of the language that Java and ECMA-262 share; empty: any text. */
    String pattern() default "";
}
