package dev.orderflow.order.ownership;

import dev.orderflow.edge.security.AccessControl;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A customer's id that may be left out by a caller who can only be that customer. */
@Documented
@Constraint(validatedBy = CustomerNamed.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
public @interface CustomerNamed {

    String message() default "{jakarta.validation.constraints.NotBlank.message}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Knows the caller of the request that is validated. */
    class Validator implements ConstraintValidator<CustomerNamed, String> {

        private final AccessControl access;

        Validator(AccessControl access) {
            this.access = access;
        }

        @Override
        public boolean isValid(@Nullable String customerId, ConstraintValidatorContext context) {
            return (customerId != null && !customerId.isBlank())
                    || !access.caller().actsForAnyCustomer();
        }
    }
}
