package dev.orderflow.edge.problem;

import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Creates problem details with a {@code code} for programs and the {@code errors} of fields. */
final class Problems {

    static final String CODE = "code";

    private static final Comparator<Violation> BY_FIELD =
            Comparator.comparing(Violation::field).thenComparing(Violation::message);

    private Problems() {}

    static ProblemDetail of(HttpStatusCode status, String code, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty(CODE, code);
        return problem;
    }

    /** @param violations sorted by field, because validators report them in random order */
    static ProblemDetail of(HttpStatusCode status, String code, String detail, List<Violation> violations) {
        var problem = of(status, code, detail);
        if (!violations.isEmpty()) {
            problem.setProperty("errors", violations.stream().sorted(BY_FIELD).toList());
        }
        return problem;
    }
}
