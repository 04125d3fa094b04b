package dev.orderflow.order.promotion;

import dev.orderflow.events.Bounds;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A list of codes that promotions may have, few enough to look each of them up. */
@Documented
@Constraint(validatedBy = Coupons.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
public @interface Coupons {

    /** The most codes. */
    int MOST = 10;

    String message() default "must be at most 10 codes of 1 to 40 letters, digits, '_' or '-'";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Accepts a list that is absent. */
    class Validator implements ConstraintValidator<Coupons, List<@Nullable String>> {

        private static final Pattern CODE = Pattern.compile(Bounds.CODE);

        @Override
        public boolean isValid(@Nullable List<@Nullable String> coupons, ConstraintValidatorContext context) {
            return coupons == null
                    || (coupons.size() <= MOST
                            && coupons.stream()
                                    .allMatch(code ->
                                            code != null && CODE.matcher(code).matches()));
        }
    }
}
