package dev.orderflow.edge.problem;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Names each invalid field in {@code errors}, and summarizes them in the detail. */
final class SummaryWording implements Wording {

    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, Integer.class, long.class, Long.class);

    @Override
    public ProblemDetail invalid(HttpStatusCode status, List<Violation> violations) {
        var detail = violations.stream()
                .map(each -> each.field() + " " + each.message())
                .sorted()
                .collect(joining("; "));
        var problem = Problems.of(status, "validation_failed", detail);
        problem.setProperty("errors", violations);
        return problem;
    }

    @Override
    public ProblemDetail mismatch(HttpStatusCode status, String field, @Nullable Class<?> wanted) {
        var expectation =
                wanted != null && WHOLE_NUMBERS.contains(wanted) ? "must be a whole number" : "has the wrong type";
        return invalid(status, List.of(new Violation(field, expectation)));
    }

    @Override
    public ProblemDetail missing(HttpStatusCode status, String field) {
        return invalid(status, List.of(new Violation(field, "must be given")));
    }

    @Override
    public ProblemDetail unreadable(HttpStatusCode status, UnreadableBody body) {
        return body instanceof UnreadableBody.WrongField(var path, var wanted, var _)
                ? mismatch(status, path, wanted)
                : Problems.of(status, "malformed_json", "the body must be a JSON object of the documented form");
    }
}
