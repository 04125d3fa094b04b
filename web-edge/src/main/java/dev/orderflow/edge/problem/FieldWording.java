package dev.orderflow.edge.problem;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.TokenStreamLocation;

/** Names each invalid field and its requirement in {@code errors}, with a code for each kind of mistake. */
final class FieldWording implements Wording {

    @Override
    public ProblemDetail invalid(HttpStatusCode status, List<Violation> violations) {
        return Problems.of(status, "validation_failed", "The request is not valid; errors says why.", violations);
    }

    @Override
    public ProblemDetail mismatch(HttpStatusCode status, String field, @Nullable Class<?> wanted) {
        return invalid(status, List.of(new Violation(field, expectation(wanted))));
    }

    @Override
    public ProblemDetail missing(HttpStatusCode status, String field) {
        return invalid(status, List.of(new Violation(field, "must be given")));
    }

    @Override
    public ProblemDetail unreadable(HttpStatusCode status, UnreadableBody body) {
        return switch (body) {
            case UnreadableBody.WrongField(var path, var wanted, var _) ->
                Problems.of(
                        status,
                        "wrong_type",
                        "A field of the body has the wrong type.",
                        List.of(new Violation(path, expectation(wanted))));
            case UnreadableBody.WrongDocument() ->
                Problems.of(status, "wrong_type", "The body must be one JSON object.");
            case UnreadableBody.Malformed(var at) ->
                Problems.of(status, "malformed_json", "The body is not well-formed JSON" + where(at) + ".");
            case UnreadableBody.Missing() -> Problems.of(status, "missing_body", "The request needs a JSON body.");
            case UnreadableBody.Unknown() -> Problems.of(status, "malformed_json", "The body cannot be read as JSON.");
        };
    }

    private static String where(@Nullable TokenStreamLocation at) {
        return at == null ? "" : ": see line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String expectation(@Nullable Class<?> type) {
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
}
