package dev.orderflow.order.web;

import dev.orderflow.order.refusal.Violation;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Problem details (RFC 9457) as this API extends them: with a {@code code} for programs and the {@code errors} of fields. */
final class Problems {

    private static final String CODE = "code";

    private Problems() {}

    static ProblemDetail of(HttpStatusCode status, String code, String detail, List<Violation> violations) {
        return extend(ProblemDetail.forStatusAndDetail(status, detail), code, violations);
    }

    static ProblemDetail extend(ProblemDetail problem, String code, List<Violation> violations) {
        problem.setProperty(CODE, code);
        if (!violations.isEmpty()) {
            problem.setProperty(
                    "errors",
                    violations.stream()
                            .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
                            .toList());
        }
        return problem;
    }
}
