package dev.orderflow.edge.problem;

import java.util.Collection;
import java.util.List;
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

/** Extracts the invalid fields, parameters or headers from Spring's exceptions, under the names that clients know. */
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

    /** Returns the name of the parameter that could not be converted. */
    static String field(TypeMismatchException e) {
        var name = e instanceof MethodArgumentTypeMismatchException mismatch
                ? nameOf(mismatch.getParameter())
                : e.getPropertyName();
        return name == null ? "" : name;
    }

    /** Returns the expected type of the parameter, or of its elements if it is a collection. */
    static @Nullable Class<?> wantedType(TypeMismatchException e) {
        if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            var parameter = mismatch.getParameter().nestedIfOptional();
            return Collection.class.isAssignableFrom(parameter.getParameterType())
                    ? parameter.nested().getNestedParameterType()
                    : parameter.getParameterType();
        }
        return e.getRequiredType();
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
