package dev.orderflow.inventory.problem;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Problem details as this API words them. */
final class Problems {

    static final String CODE = "code";
    static final String ERRORS = "errors";

    static final String VALIDATION_FAILED = "validation_failed";
    static final String MALFORMED_JSON = "malformed_json";

    private Problems() {}

    static ProblemDetail of(HttpStatusCode status, String code, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty(CODE, code);
        return problem;
    }

    /** A problem that names each offending field. */
    static ProblemDetail ofFields(HttpStatusCode status, List<FieldProblem> errors) {
        var detail = errors.stream().map(FieldProblem::toString).sorted().collect(joining("; "));
        var problem = of(status, VALIDATION_FAILED, detail);
        problem.setProperty(ERRORS, errors);
        return problem;
    }

    /** What to say of a value that is no {@code wanted}. */
    static String wrongType(@Nullable Class<?> wanted) {
        var wholeNumber = Set.of(int.class, Integer.class, long.class, Long.class);
        return wanted != null && wholeNumber.contains(wanted) ? "must be a whole number" : "has the wrong type";
    }
}
