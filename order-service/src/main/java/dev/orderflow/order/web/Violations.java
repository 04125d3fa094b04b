package dev.orderflow.order.web;

import dev.orderflow.order.refusal.Violation;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Reads from Spring's exceptions which fields, parameters or headers are at fault, under the names that clients know. */
final class Violations {

    private Violations() {}

    static List<Violation> of(MethodArgumentNotValidException e) {
        return e.getFieldErrors().stream().map(Violations::of).toList();
    }

    static List<Violation> of(HandlerMethodValidationException e) {
        return e.getParameterValidationResults().stream()
                .flatMap(Violations::of)
                .toList();
    }

    static List<Violation> of(TypeMismatchException e) {
        var name = e instanceof MethodArgumentTypeMismatchException mismatch
                ? nameOf(mismatch.getParameter())
                : e.getPropertyName();
        return List.of(new Violation(name == null ? "" : name, expectation(e)));
    }

    /** What a value of {@code type} must be, in words. */
    static String expectation(@Nullable Class<?> type) {
        if (type == null) {
            return "has the wrong type";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "must be a whole number within its range";
            case "boolean", "Boolean" -> "must be true or false";
            case "String" -> "must be a string";
            case "UUID" -> "must be a UUID";
            case "Duration" -> "must be a duration such as 500ms or 10s";
            case "List", "ArrayList", "Set", "Collection" -> "must be an array";
            default -> "must be an object";
        };
    }

    private static String expectation(TypeMismatchException e) {
        if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            var parameter = mismatch.getParameter().nestedIfOptional();
            var nested = Collection.class.isAssignableFrom(parameter.getParameterType())
                    ? parameter.nested().getNestedParameterType()
                    : parameter.getParameterType();
            return expectation(nested);
        }
        return expectation(e.getRequiredType());
    }

    private static Stream<Violation> of(ParameterValidationResult result) {
        if (result instanceof ParameterErrors body) {
            return body.getFieldErrors().stream().map(Violations::of);
        }
        var name = nameOf(result.getMethodParameter());
        return result.getResolvableErrors().stream()
                .map(error -> new Violation(name, String.valueOf(error.getDefaultMessage())));
    }

    private static Violation of(FieldError error) {
        return new Violation(error.getField(), String.valueOf(error.getDefaultMessage()));
    }

    private static String nameOf(MethodParameter parameter) {
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        if (header != null && !header.name().isEmpty()) {
            return header.name();
        }
        return String.valueOf(parameter.getParameterName());
    }
}
