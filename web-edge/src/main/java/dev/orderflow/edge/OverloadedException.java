package dev.orderflow.edge;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Refuses a request because the service has enough to do. Nothing was done for this request.
 * <p>
 * The status is 429 rather than 503, after which Tomcat closes the connection: under overload, connecting anew costs both sides more
 * than the refusal does.
 */
public final class OverloadedException extends ErrorResponseException {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** A refusal that suggests to come back after a second. */
    public OverloadedException(String detail) {
        this(detail, SOON);
    }

    /** @param retryAfter when to come back, in whole seconds, 1 or more */
    public OverloadedException(String detail, Duration retryAfter) {
        super(HttpStatus.TOO_MANY_REQUESTS, problem(detail), null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
    }

    private static ProblemDetail problem(String detail) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, detail);
        problem.setProperty("code", "overloaded");
        return problem;
    }

    /** There are the most of them when there is the least time. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
