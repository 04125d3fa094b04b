package dev.orderflow.edge.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/**
 * The form in which an API answers malformed requests. A method that returns null leaves the answer to Spring.
 * <p>
 * Answers are published, and clients may show or parse them, so each API keeps its form. New APIs use {@link
 * FieldWording}.
 */
sealed interface Wording permits FieldWording, SummaryWording, LineWording, StatusWording {

    /** Answers fields that violate a constraint. */
    default @Nullable ProblemDetail invalid(HttpStatusCode status, List<Violation> violations) {
        return null;
    }

    /** Answers a parameter that cannot be converted to {@code wanted}. */
    default @Nullable ProblemDetail mismatch(HttpStatusCode status, String field, @Nullable Class<?> wanted) {
        return null;
    }

    /** Answers a required parameter that is absent. */
    default @Nullable ProblemDetail missing(HttpStatusCode status, String field) {
        return null;
    }

    /** Answers a body that is not the expected JSON. */
    default @Nullable ProblemDetail unreadable(HttpStatusCode status, UnreadableBody body) {
        return null;
    }
}
