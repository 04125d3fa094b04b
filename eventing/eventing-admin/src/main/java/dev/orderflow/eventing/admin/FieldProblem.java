package dev.orderflow.eventing.admin;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** An error of one field or parameter. */
record FieldProblem(String field, String message) {

    static List<FieldProblem> of(BindingResult result) {
        return result.getFieldErrors().stream().map(FieldProblem::of).toList();
    }

    static List<FieldProblem> of(HandlerMethodValidationException e) {
        return e.getParameterValidationResults().stream()
                .flatMap(FieldProblem::of)
                .toList();
    }

    /** Creates the error of a value whose type differs from {@code wanted}. */
    static FieldProblem ofType(String field, @Nullable Class<?> wanted) {
        return new FieldProblem(field, expectation(wanted));
    }

    private static Stream<FieldProblem> of(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return errors.getFieldErrors().stream().map(FieldProblem::of);
        }
        var parameter = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream()
                .map(error -> new FieldProblem(parameter, String.valueOf(error.getDefaultMessage())));
    }

    private static FieldProblem of(FieldError error) {
        return error.isBindingFailure() && error.contains(TypeMismatchException.class)
                ? ofType(
                        error.getField(),
                        error.unwrap(TypeMismatchException.class).getRequiredType())
                : new FieldProblem(error.getField(), String.valueOf(error.getDefaultMessage()));
    }

    private static String expectation(@Nullable Class<?> wanted) {
        if (wanted == null) {
            return "has the wrong type";
        }
        if (wanted.isEnum()) {
            return Arrays.stream(wanted.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        if (wanted == UUID.class) {
            return "must be a UUID";
        }
        if (wanted == Instant.class) {
            return "must be a time such as 2026-03-01T12:00:00Z";
        }
        if (wanted == Boolean.class || wanted == boolean.class) {
            return "must be true or false";
        }
        return Number.class.isAssignableFrom(wanted) || wanted.isPrimitive()
                ? "must be a number within its range"
                : "has the wrong type";
    }
}
