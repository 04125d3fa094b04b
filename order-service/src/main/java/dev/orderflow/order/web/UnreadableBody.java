package dev.orderflow.order.web;

import dev.orderflow.order.refusal.Violation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says what is wrong with a body that is not JSON, or not the JSON that was expected, without repeating what it contains. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemDetail problem(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case MismatchedInputException mismatch -> mismatch(mismatch, mismatch.getTargetType());
            case InputCoercionException overflow -> mismatch(overflow, overflow.getTargetType());
            case StreamReadException malformed -> malformed(malformed);
            case null -> badRequest("missing_body", "The request needs a JSON body.", List.of());
            default -> badRequest("malformed_json", "The body cannot be read as JSON.", List.of());
        };
    }

    private static ProblemDetail mismatch(JacksonException e, @Nullable Class<?> wanted) {
        var field = path(e);
        if (field.isEmpty()) {
            return badRequest("wrong_type", "The body must be one JSON object.", List.of());
        }
        var violation = new Violation(field, Violations.expectation(wanted));
        return badRequest("wrong_type", "A field of the body has the wrong type.", List.of(violation));
    }

    private static ProblemDetail malformed(StreamReadException e) {
        var location = e.getLocation();
        var where = location == null ? "" : ": see line " + location.getLineNr() + ", column " + location.getColumnNr();
        return badRequest("malformed_json", "The body is not well-formed JSON" + where + ".", List.of());
    }

    /** Such as {@code lines[0].quantity}. */
    private static String path(JacksonException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static ProblemDetail badRequest(String code, String detail, List<Violation> violations) {
        return Problems.of(HttpStatus.BAD_REQUEST, code, detail, violations);
    }
}
