package dev.orderflow.order.catalog;

import dev.orderflow.events.Bounds;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A string that can identify a product. It is safe in a URL's path segment and in a file name. */
@Documented
@Constraint(validatedBy = {})
@Pattern(regexp = Sku.PATTERN)
@ReportAsSingleViolation
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
public @interface Sku {

    String PATTERN = Bounds.SKU;

    String message() default
            "must be 1 to 50 letters, digits, blanks, '.', '_' or '-', and begin with a letter or digit";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
