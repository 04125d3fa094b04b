package dev.orderflow.inventory.problem;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Tells a body that is no JSON from one in which a field has the wrong type. Without Jackson's talk of Java classes. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemDetail describe(HttpMessageNotReadableException e, HttpStatusCode status) {
        return switch (e.getCause()) {
            case MismatchedInputException mismatch
            when !mismatch.getPath().isEmpty() -> wrongType(mismatch, mismatch.getTargetType(), status);
            case InputCoercionException outOfRange
            when !outOfRange.getPath().isEmpty() -> wrongType(outOfRange, outOfRange.getTargetType(), status);
            case null, default ->
                Problems.of(status, Problems.MALFORMED_JSON, "the body must be a JSON object of the documented form");
        };
    }

    private static ProblemDetail wrongType(JacksonException e, @Nullable Class<?> wanted, HttpStatusCode status) {
        var field = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(joining("."));
        return Problems.ofFields(status, List.of(new FieldProblem(field, Problems.wrongType(wanted))));
    }
}
